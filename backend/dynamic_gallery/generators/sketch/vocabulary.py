"""Which words stand for which place, light, weather, mood and colour.

Entries are separated by commas; one of several words is a phrase and is looked for first. Words are
compared by their stem, so "rain" also stands for "rainy", "rains" and "raining".
"""

from __future__ import annotations

PLACES = {
    "city": "city, town, urban, street, avenue, boulevard, alley, narrow lane, downtown, metropolis, "
    "skyline, skyscraper, "
    "cobblestone, pavement, sidewalk, crosswalk, crossing, square, plaza, quarter, tram, "
    "tramline, taxi, traffic, "
    "facade, façade, kerb, curb, corner shop, shop window, old town, city street, urban "
    "street, manhattan, paris, "
    "tokyo, london, new york, milan, strasse, stadt, rue, ville, calle, ciudad, via, citta, arcade",
    "desert": "desert, dune, sahara, arid, cactus, canyon, mesa, sand dune, salt flat, oasis, caravan, "
    "wadi, mirage, "
    "badland, wuste, desierto, deserto, atacama, mojave",
    "sea": "sea, ocean, beach, coast, coastal, shoreline, seashore, seaside, wave, tide, tidal, "
    "surf, bay, harbour, "
    "harbor, pier, jetty, lighthouse, island, lagoon, riviera, cliff by the sea, sail, boat, yacht, marina, "
    "promenade, plage, mer, strand, meer, playa, mar, spiaggia, mare, cove, coastline, sandbar",
    "forest": "forest, wood, woodland, tree, pine, birch, jungle, grove, fern, moss, canopy, "
    "undergrowth, redwood, "
    "rainforest, thicket, wald, foret, bosque, bosco, woods, beech, trail, clearing",
    "mountains": "mountain, alp, alpine, peak, summit, glacier, valley, ridge, highland, fjord, hillside, "
    "chalet, "
    "cliff, lake, shore of a fjord, berg, montagne, montana, montagna, dolomite, pass, ski "
    "slope, tarn, scree",
    "salon": "salon, interior, room, living room, drawing room, bedroom, hotel room, hotel lobby, "
    "lobby, apartment, "
    "parlour, parlor, lounge, boudoir, library, study, kitchen, sofa, armchair, fireplace, "
    "indoors, inside, home, "
    "wohnzimmer, zimmer, chambre, habitacion, stanza, loft, penthouse, dressing room, windowsill, hallway",
    "garden": "garden, rose garden, park, orchard, greenhouse, conservatory, courtyard, hedge, "
    "fountain, flowerbed, "
    "patio, botanical, topiary, pergola, trellis, jardin, garten, giardino, blossom, peony, "
    "rose, terrace garden, "
    "lawn, arbour, wisteria, citrus tree",
    "rooftop": "rooftop, roof, roof terrace, rooftop garden, rooftop bar, terrace, balcony, penthouse "
    "terrace, "
    "chimney, above the city, over the city, tetto, dach, azotea, parapet, skylight, water tower",
    "market": "market, bazaar, souk, stall, street market, market square, flower market, fruit stall, "
    "awning, vendor, "
    "spice, marche, markt, mercado, mercato, fair, night market, flea market, lantern market, cafe, bistro, "
    "pavement cafe, sidewalk cafe",
    "station": "station, train, train station, railway, railway station, platform, metro, subway, "
    "airport, terminal, "
    "departure, departure hall, locomotive, waiting room, gare, bahnhof, estacion, stazione, "
    "concourse, arrivals, "
    "sleeper train, railway track, tiled passage",
    "field": "field, meadow, country lane, countryside, prairie, wheat, lavender, vineyard, farm, pasture, "
    "grassland, savanna, "
    "savannah, steppe, hill, hilltop, rolling hills, poppy, barley, hay, feld, champ, campo, "
    "heath, moor, tall grass",
    "gallery": "gallery, museum, hall, marble, staircase, stair, column, colonnade, arch, theatre, "
    "theater, opera, "
    "opera house, stage, studio, atelier, palace, ballroom, temple, pavilion, concrete, architecture, "
    "brutalist, pedestal, plinth, foyer, runway, catwalk, cloister, rotunda",
}

LIGHTS = {
    "dawn": "dawn, sunrise, daybreak, first light, early light, morning, early morning, morgen, "
    "matin, manana, alba, "
    "aube, breakfast, waking, wake",
    "noon": "noon, midday, daylight, daytime, high sun, bright sun, sunlit, sunny, sunshine, "
    "afternoon, summer light, "
    "mittag, midi, mediodia, bright light, bright day, overhead sun, lunch, white light, broad daylight",
    "golden": "golden hour, golden light, golden, sunset, late sun, low sun, late light, late "
    "afternoon, amber, golden afternoon, late in the afternoon, "
    "honey, honeyed, setting sun, long shadow, warm light, sonnenuntergang, coucher de "
    "soleil, atardecer, tramonto, "
    "copper light, last sun, last light",
    "dusk": "dusk, twilight, blue hour, evening, nightfall, gloaming, after sunset, string lights, "
    "fairy lights, abend, soir, crepuscule, "
    "crepusculo, sera, aperitif, first lamps, early evening, lamps come on, violet light",
    "night": "night, midnight, moon, moonlight, moonlit, star, starry, starlight, nocturnal, nocturne,"
    " after dark, "
    "darkness, nacht, nuit, noche, notte, small hours, late night, full moon, milky way",
    "candle": "candle, candlelight, candlelit, lantern, firelight, fireside, hearth, lamplight, "
    "lamplit, oil lamp, "
    "torchlight, kerze, bougie, vela, glow of a fire, fireplace",
    "neon": "neon, neon sign, electric, cyberpunk, club, disco, led, signage, fluorescent, nightclub,"
    " arcade lights, "
    "laser",
}

WEATHERS = {
    "clear": "clear, clear sky, cloudless, blue sky, dry air, clear air, crisp",
    "overcast": "overcast, cloudy, cloud, grey sky, gray sky, grey day, gray day, flat light, leaden",
    "rain": "rain, drizzle, shower, wet, puddle, downpour, umbrella, raindrop, pouring, regen, pluie,"
    " lluvia, pioggia, "
    "after rain, rain soaked, rainwater",
    "fog": "fog, mist, haze, hazy, smoke, steam, vapour, vapor, nebel, brume, brouillard, niebla, "
    "nebbia, murk",
    "snow": "snow, winter, frost, frozen, icy, blizzard, flurry, snowfall, snowflake, schnee, neige, "
    "nieve, neve, "
    "wintry, first snow, sleet",
    "wind": "wind, breeze, gust, blowing, windswept, mistral, gale, sirocco, viento, vent, vento, "
    "billow, breezy",
    "storm": "storm, thunder, lightning, tempest, thunderstorm, thundercloud, monsoon, squall, "
    "gewitter, orage, "
    "tormenta, tempesta, sandstorm",
}

MOODS = {
    "serene": "serene, calm, quiet, peaceful, tranquil, gentle, soft, silent, silence, hush, restful, slow, "
    "meditative, contemplative, relaxed, unhurried, ease, stillness, hushed, breathe, "
    "breathing, ruhig, calme",
    "dramatic": "dramatic, drama, intense, epic, cinematic, theatrical, powerful, grand, moody, stark, "
    "brooding, "
    "fierce, monumental, operatic, tension, suspense, towering",
    "playful": "playful, play, whimsical, fun, cheerful, quirky, joyful, joy, happy, humour, humor, "
    "lighthearted, "
    "mischievous, carnival, party, confetti, balloon, surreal, toy, giddy, silly, festive, "
    "celebration, grin, wink",
    "nostalgic": "nostalgic, nostalgia, vintage, retro, memory, long ago, faded, sepia, remembered, "
    "analogue, analog, "
    "polaroid, heirloom, childhood, seventies, sixties, postcard, bygone, wistful, "
    "grandmother, film grain, antique",
    "bold": "bold, daring, graphic, striking, vivid, loud, confident, fearless, saturated, poster, "
    "pop colour, pop art, "
    "statement, brave, high contrast, punchy, colour block, color block, unapologetic",
    "minimal": "minimal, minimalist, minimalism, simple, sparse, clean, pared back, bare, restrained, "
    "understated, "
    "spare, uncluttered, reduced, essential, pure, one line",
    "romantic": "romantic, romance, tender, love, dreamy, dream, intimate, sensual, poetic, wedding, "
    "rose tinted, "
    "longing, kiss, date, valentine, swoon, bridal, delicate",
    "mysterious": "mysterious, mystery, enigmatic, secret, noir, hidden, haunting, eerie, ethereal, "
    "otherworldly, strange, uncanny, whispered, veiled, spy",
    "elegant": "elegant, elegance, luxurious, luxury, refined, sophisticated, opulent, glamorous, "
    "glamour, graceful, "
    "regal, gala, chic, couture, evening wear, formal, polished, poised, sumptuous, gilded, "
    "old world elegance",
    "energetic": "energetic, energy, dynamic, movement, motion, rush, lively, vibrant, sporty, fast, "
    "restless, run, "
    "running, busy, bustle, bustling, dance, dancing, tempo, rhythm, kinetic, hurry",
}

COLOURS = {
    "#c8323c": "red, scarlet, crimson, vermilion, ruby, lacquer red, rot, rouge, rojo, rosso",
    "#e2763a": "orange, tangerine, coral, terracotta, rust, apricot",
    "#e3b23c": "yellow, saffron, mustard, ochre, lemon, gelb, jaune",
    "#4f8a5b": "green, emerald, olive, sage, jade, forest green, grun, vert, verde",
    "#2f8f95": "teal, turquoise, aqua, sea green, petrol",
    "#2f5fa8": "blue, cobalt, indigo, navy, ultramarine, sky blue, midnight blue, ink blue, blau, bleu, "
    "azul, blu",
    "#7d4fa0": "purple, violet, plum, lilac, mauve, aubergine, lila",
    "#dd7f98": "pink, blush, magenta, fuchsia, rosé, rosa",
    "#f3eee2": "white, ivory, cream, chalk, weiss, blanc, blanco, bianco",
    "#1e1e22": "black, onyx, jet black, charcoal, schwarz, noir colour, negro, nero",
}

IGNORED = (
    "rose gold, rose tinted glasses, evening wear, evening dress, evening gown, evening bag, market price, "
    "ice cream, night out, light wood, still life, golden age, wood grain, home page, star "
    "sign, make room, leave room, room for, room around, no people, last act, far away"
)

NEGATIONS = frozenset(
    {"no", "not", "without", "never", "sans", "ohne", "kein", "keine", "sin", "senza", "avoid"}
)
ARTICLES = frozenset(
    {"a", "an", "the", "any", "much", "more", "of", "in", "at", "too", "le", "la", "der", "die"}
)
