"""SPEC G1, G2: the sketch generator: same request same bytes, other words other pictures, the product in it."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dynamic_gallery.errors import GenerationFailed
from dynamic_gallery.generators import GenerationRequest
from dynamic_gallery.generators.sketch import raster
from dynamic_gallery.generators.sketch.compose import compose
from dynamic_gallery.generators.sketch.finish import last_touch
from dynamic_gallery.generators.sketch.generator import SketchGenerator
from dynamic_gallery.generators.sketch.lettering import fitting_size, shown
from dynamic_gallery.generators.sketch.palette import LIGHTS
from dynamic_gallery.generators.sketch.places import PLACES
from dynamic_gallery.generators.sketch.raster import Job, Touch, draw
from dynamic_gallery.generators.sketch.rasterizer import FONT, Rasterizer
from dynamic_gallery.generators.sketch.vocabulary import MOODS, WEATHERS
from dynamic_gallery.generators.sketch.wares import BOX, WARES, choose_ware
from dynamic_gallery.services.products import Product, load_shelf

BAG = load_shelf().find("product-0")


def never() -> bool:
    return False


def made(
    directive: str, product: Product | None = BAG, *, seed: int = 7, size: tuple[int, int] = (256, 312)
) -> bytes:
    request = GenerationRequest(directive, product=product, seed=seed, width=size[0], height=size[1])
    data = SketchGenerator().generate(request, never).data
    assert data is not None
    return data


def pixels(data: bytes) -> NDArray[np.int64]:
    with Image.open(io.BytesIO(data)) as picture:
        return np.asarray(picture.convert("RGB")).astype(np.int64)


def of_category(category: str) -> Product:
    return Product(id="p", name="Plain", brand="Nobody", category=category)


def test_default_picture_and_its_facts() -> None:
    picture = SketchGenerator().generate(
        GenerationRequest("quiet streets after rain at dusk", product=BAG, seed=5), never
    )
    assert picture.data is not None
    with Image.open(io.BytesIO(picture.data)) as opened:
        assert (opened.format, opened.size) == ("PNG", (864, 1056))
    record = picture.facts.as_record()
    assert record["prompt"] == "quiet streets after rain at dusk. Neverfull MM by Louis Vuitton"
    assert {key: record[key] for key in ("name", "model", "seed", "sketch", "place", "light", "weather", "mood")} == {
        "name": "sketch", "model": "sketch-1", "seed": 5, "sketch": True,
        "place": "city", "light": "dusk", "weather": "rain", "mood": "serene",
    }  # fmt: skip


def test_same_request_same_bytes_also_in_another_process() -> None:
    once = made("stormy sea, neon")
    own_process = Rasterizer()
    request = GenerationRequest("stormy sea, neon", product=BAG, seed=7, width=256, height=312)
    sketched = compose(request)
    try:
        again = own_process.render(sketched.svg, sketched.touch, never)
    finally:
        own_process.close()
    assert once == again == made("stormy sea, neon")
    assert once == draw(Job(sketched.svg, sketched.touch), str(FONT))


def test_other_words_seed_or_product_make_another_picture() -> None:
    variants = [
        made("a calm beach at noon"),
        made("a calm beach at night"),
        made("a calm desert at noon"),
        made("a calm beach at noon, fog"),
        made("a bold beach at noon"),
        made("a calm beach at noon", seed=8),
        made("a calm beach at noon", of_category("lamp")),
        made("a calm beach at noon", None),
    ]
    assert len(set(variants)) == len(variants)


@pytest.mark.parametrize("ware", [*WARES, BOX], ids=lambda ware: ware.name)
def test_every_category_stands_in_the_picture(ware: object) -> None:
    product = of_category(getattr(ware, "name"))  # noqa: B009
    assert choose_ware(product) == ware
    request = GenerationRequest("minimal desert at noon", product=product, seed=3, width=432, height=528)
    sketched = compose(request)
    assert sketched.box is not None
    changed = (
        np.abs(pixels(draw(Job(sketched.svg, sketched.touch), str(FONT))) - _empty_scene()).sum(axis=2) > 60
    )
    x, y, width, height = (round(value / 2) for value in sketched.box)
    assert 0 <= x < x + width <= 432
    assert 0 <= y < y + height <= 528
    assert changed[y : y + height, x : x + width].mean() > 0.25
    assert changed[: max(1, y - 40)].mean() < 0.12


def _empty_scene() -> NDArray[np.int64]:
    return pixels(made("minimal desert at noon", None, seed=3, size=(432, 528)))


def test_a_products_colours_are_in_the_picture() -> None:
    red = Product(id="p", name="N", brand="B", category="tote", colors=("#d01020",))
    green = Product(id="p", name="N", brand="B", category="tote", colors=("#109030",))
    middle = np.s_[200:255, 100:150]
    red_mean = pixels(made("minimal gallery at noon", red))[middle].mean(axis=(0, 1))
    green_mean = pixels(made("minimal gallery at noon", green))[middle].mean(axis=(0, 1))
    assert red_mean[0] > red_mean[1] + 30
    assert green_mean[1] > green_mean[0] + 30


@pytest.mark.parametrize("place", PLACES)
def test_every_place_in_every_light_weather_and_mood_is_valid_svg(place: str) -> None:
    combinations = [(light, "clear", "bold") for light in LIGHTS]
    combinations += [("dusk", weather, "serene") for weather in WEATHERS]
    combinations += [("golden", "clear", mood) for mood in MOODS]
    for light, weather, mood in combinations:
        words = " ".join(_word(table, key) for table, key in ((PLACE_WORDS, place), (LIGHT_WORDS, light)))
        request = GenerationRequest(f"{mood} {words} {_word(WEATHER_WORDS, weather)}", product=BAG, seed=1)
        sketched = compose(request)
        assert (sketched.understood["place"], sketched.understood["light"]) == (place, light)
        assert (sketched.understood["weather"], sketched.understood["mood"]) == (weather, mood)
        assert not re.search(r"nan|inf\b|None", re.sub(r'href="[^"]*"', "", sketched.svg))
        assert 10_000 < len(sketched.svg) < 1_500_000


PLACE_WORDS = {"salon": "parlour", "city": "boulevard"}
LIGHT_WORDS = {"golden": "sunset", "candle": "candlelight"}
WEATHER_WORDS = {"clear": "cloudless"}


def _word(table: dict[str, str], key: str) -> str:
    return table.get(key, key)


def test_night_is_darker_than_noon_and_snow_lighter_than_storm() -> None:
    night, noon = (pixels(made(f"field at {light}", None)).mean() for light in ("night", "noon"))
    snow, storm = (pixels(made(f"noon mountains, {weather}", None)).mean() for weather in ("snow", "storm"))
    assert night < noon - 60
    assert storm < snow - 30


@pytest.mark.parametrize("size", [(256, 256), (1536, 256), (256, 1536), (257, 311), (1200, 900)])
def test_sizes(size: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(made("market at dusk", size=size))) as picture:
        picture.load()
        assert picture.size == size


@pytest.mark.parametrize("directive", ["", "\x00", "&<>\"'", "]]>", "日本語", "x" * 2_000, "\ud800"])
def test_any_words_draw(directive: str) -> None:
    name = "".join(char for char in directive if char.isprintable())[:60].strip() or "?"
    product = Product(id="p", name=name, brand="A & B <i>", category="bag")
    with Image.open(io.BytesIO(made(directive, product))) as picture:
        picture.verify()


def test_the_composition_is_heard_where_the_directive_is_silent() -> None:
    request = GenerationRequest(
        "something quiet", composition="A winter coat for the mountains, snow", product=BAG
    )
    assert compose(request).understood["place"] == "mountains"
    request = GenerationRequest("a desert", composition="A winter coat for the mountains, snow", product=BAG)
    understood = compose(request).understood
    assert (understood["place"], understood["weather"]) == ("desert", "snow")


def test_lettering_leaves_out_what_the_typeface_lacks() -> None:
    assert shown("Carré Nocturne") == "Carré Nocturne"
    assert shown("東京の夜") == ""
    assert shown("Night 夜 Bag") == "Night  Bag"
    assert fitting_size("short", 40, 800) == 40
    assert fitting_size("a very long name indeed " * 8, 40, 800) < 12


def test_cancelled_before_and_while_drawing() -> None:
    with pytest.raises(GenerationFailed, match="cancelled"):
        SketchGenerator().generate(GenerationRequest("x"), lambda: True)
    slow = "".join(
        f'<circle cx="{i % 900}" cy="500" r="400" fill="#123" opacity="0.5"/>' for i in range(4_000)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="1500" height="1500">{slow}</svg>'
    rasterizer, started = Rasterizer(), time.monotonic()
    with pytest.raises(GenerationFailed, match="cancelled"):
        rasterizer.render(svg, last_touch("bold"), lambda: time.monotonic() > started + 0.3)
    assert time.monotonic() - started < 8
    rasterizer.close()


@pytest.fixture
def rasterizer() -> Iterator[Rasterizer]:
    made_here = Rasterizer()
    yield made_here
    made_here.close()


def test_a_document_that_cannot_be_drawn_leaves_the_worker_usable(rasterizer: Rasterizer) -> None:
    with pytest.raises(GenerationFailed, match="could not be drawn"):
        rasterizer.render("<svg", last_touch("bold"), never)
    small = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    assert rasterizer.render(small, last_touch("bold"), never).startswith(b"\x89PNG")


def test_a_worker_whose_server_was_killed_ends_without_a_word() -> None:
    command = [sys.executable, "-P", raster.__file__, str(FONT)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as worker:
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdout.close()
        request = Job('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', Touch()).encode()
        _, complaints = worker.communicate(struct.pack(">Q", len(request)) + request, timeout=60)
    assert (worker.returncode, complaints) == (0, b"")


def test_a_killed_worker_is_replaced(rasterizer: Rasterizer) -> None:
    small = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    first = rasterizer.render(small, last_touch("bold"), never)
    for worker in rasterizer._idle:
        worker.kill()
        worker.wait()
    assert rasterizer.render(small, last_touch("bold"), never) == first


def test_other_threads_run_on_while_a_picture_is_drawn() -> None:
    made("city", size=(256, 256))  # the worker is up
    gaps, done = [], threading.Event()

    def tick() -> None:
        last = time.perf_counter()
        while not done.is_set():
            time.sleep(0.002)
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    ticker = threading.Thread(target=tick)
    ticker.start()
    made("neon city in rain", size=(1536, 1536))
    done.set()
    ticker.join()
    assert sorted(gaps)[int(len(gaps) * 0.95)] < 0.05
