"""The colours of a scene: what light, weather and mood do to everything in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dynamic_gallery.generators.sketch.colour import contrast, lighten, luminance, mix, multiply, saturate


@dataclass(frozen=True, slots=True)
class Palette:
    """How a scene is lit; shares are 0..1.

    `sky` goes from zenith to horizon, `sun_height` is above the horizon in parts of the sky, and `lamps`
    says that windows and lanterns are lit.
    """

    sky: tuple[str, str, str, str]
    key: str
    ambient: str
    ambient_share: float
    haze: str
    haze_share: float
    sun_height: float
    sun_size: float
    body: str = "sun"
    lamps: bool = False
    saturation: float = 1.0
    contrast: float = 1.0
    tint: str = "#ffffff"
    tint_share: float = 0.0

    def tone(self, colour: str, depth: float = 0.0) -> str:
        """A thing's colour in this light; depth 0 is at hand, 1 on the horizon."""
        lit = mix(colour, multiply(colour, self.ambient), self.ambient_share)
        return self.grade(mix(lit, self.haze, min(0.94, self.haze_share * depth)))

    def grade(self, colour: str) -> str:
        """What the mood does to a colour."""
        graded = contrast(saturate(colour, self.saturation), self.contrast)
        return mix(graded, multiply(graded, self.tint), self.tint_share)

    def product(self, colour: str) -> str:
        """A product's colour: it keeps more of its own than the scenery does."""
        lit = mix(colour, multiply(colour, lighten(self.ambient, 0.35)), self.ambient_share * 0.55)
        return mix(lit, self.key, 0.05)

    @property
    def dark(self) -> bool:
        """Whether the scene as a whole is dark."""
        return self.ambient_share > 0.42


LIGHTS = {
    "dawn": Palette(
        ("#5877ad", "#9fb0d6", "#f0c3c0", "#fde2bd"), "#ffe3bd", "#f0c6c8", 0.45, "#f3d0c9", 0.8, 0.16, 52
    ),
    "noon": Palette(
        ("#2673bd", "#5aa7de", "#a3d3ee", "#e3f2f2"), "#fffbea", "#fff8e8", 0.15, "#cbe3ee", 0.66, 0.72, 44
    ),
    "golden": Palette(
        ("#53649c", "#b98a99", "#f3a765", "#ffdc92"), "#ffcb78", "#ffb067", 0.62, "#f7c084", 0.8, 0.2, 66
    ),
    "dusk": Palette(
        ("#191f4d", "#47437f", "#a85f8c", "#f39b78"), "#ffb892", "#6c68b4", 0.75, "#a36f97", 0.74, 0.03, 58, lamps=True
    ),
    "night": Palette(
        ("#050a1e", "#0d1938", "#1b3059", "#38547f"), "#d6e4ff", "#2b3f78", 0.86, "#2b4570", 0.72, 0.66, 44,
        body="moon", lamps=True,
    ),
    "candle": Palette(
        ("#0f090d", "#23121a", "#4b261f", "#96552b"), "#ffba66", "#a55a35", 0.8, "#5d3320", 0.6, 0.4, 30,
        body="none", lamps=True,
    ),
    "neon": Palette(
        ("#080519", "#190b3a", "#45125f", "#b32a80"), "#ff74cf", "#4a37a0", 0.84, "#64247f", 0.66, 0.5, 40,
        body="none", lamps=True,
    ),
}  # fmt: skip


def choose_palette(light: str, weather: str, mood: str) -> Palette:
    """The palette of a light (a key of LIGHTS) under a weather and a mood."""
    return _in_mood(_in_weather(LIGHTS[light], weather), mood)


def _greyed(palette: Palette, grey: str, share: float) -> Palette:
    level = luminance(palette.sky[2])
    cover = multiply(grey, mix("#000000", "#ffffff", min(1.0, level * 1.15 + 0.12)))
    sky = tuple(
        mix(colour, cover, share * weight)
        for colour, weight in zip(palette.sky, (1, 1, 0.85, 0.6), strict=True)
    )
    return replace(palette, sky=sky, haze=mix(palette.haze, cover, share * 0.8))  # type: ignore[arg-type]


def _in_weather(palette: Palette, weather: str) -> Palette:
    if weather == "overcast":
        return replace(_greyed(palette, "#c3ccd4", 0.75), body="none", saturation=0.86)
    if weather == "rain":
        return replace(_greyed(palette, "#8fa0b0", 0.8), body="none", saturation=0.85, haze_share=0.88)
    if weather == "storm":
        dark = replace(_greyed(palette, "#4d5a6b", 0.9), body="none", saturation=0.85, haze_share=0.84)
        return replace(
            dark, ambient=mix(dark.ambient, "#55637a", 0.6), ambient_share=max(0.6, dark.ambient_share)
        )
    if weather == "fog":
        pale = _greyed(palette, "#dfe4e8", 0.62)
        return replace(pale, haze_share=1.15, haze=mix(pale.haze, pale.sky[3], 0.5), saturation=0.82)
    if weather == "snow":
        pale = _greyed(palette, "#dce6f0", 0.6)
        return replace(pale, haze_share=0.9, body="none" if palette.body == "sun" else palette.body)
    return palette


def _in_mood(palette: Palette, mood: str) -> Palette:
    def changed(saturation: float, contrasted: float, tint: str = "#ffffff", share: float = 0.0) -> Palette:
        return replace(
            palette,
            saturation=palette.saturation * saturation,
            contrast=contrasted,
            tint=tint,
            tint_share=share,
        )

    moods = {
        "serene": lambda: replace(changed(0.88, 0.93), haze_share=min(1.1, palette.haze_share * 1.12)),
        "dramatic": lambda: replace(changed(1.08, 1.22), sun_size=palette.sun_size * 1.5),
        "playful": lambda: replace(changed(1.3, 1.04), sun_size=palette.sun_size * 1.2),
        "nostalgic": lambda: changed(0.62, 0.9, "#f3dcb0", 0.75),
        "bold": lambda: replace(changed(1.42, 1.18), sun_size=palette.sun_size * 2.1),
        "minimal": lambda: replace(changed(0.7, 0.95), haze_share=min(1.1, palette.haze_share * 1.25)),
        "romantic": lambda: changed(1.04, 0.96, "#ffd0d8", 0.6),
        "mysterious": lambda: replace(
            changed(0.78, 1.06, "#b9b8ee", 0.7), haze_share=min(1.1, palette.haze_share * 1.2)
        ),
        "elegant": lambda: changed(0.84, 1.06, "#f7e6cd", 0.5),
        "energetic": lambda: changed(1.26, 1.12),
    }
    return moods[mood]() if mood in moods else palette
