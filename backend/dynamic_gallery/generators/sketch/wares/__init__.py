"""Wares: a product's drawing is chosen by its category, else by the words of its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dynamic_gallery.generators.sketch.wares.bags import draw_bag, draw_box
from dynamic_gallery.generators.sketch.wares.clothes import draw_coat, draw_dress, draw_hat, draw_scarf
from dynamic_gallery.generators.sketch.wares.easel import Easel
from dynamic_gallery.generators.sketch.wares.furniture import draw_chair, draw_lamp
from dynamic_gallery.generators.sketch.wares.jewels import (
    draw_necklace,
    draw_perfume,
    draw_ring,
    draw_sunglasses,
    draw_watch,
)
from dynamic_gallery.generators.sketch.wares.shoes import draw_boot, draw_heel, draw_sneaker
from dynamic_gallery.generators.sketch.words import stem, tokens
from dynamic_gallery.services.products import Product

__all__ = ["WARES", "Easel", "Ware", "choose_ware"]


@dataclass(frozen=True, slots=True)
class Ware:
    """One drawing: its words, its size in units (before scaling), and the colours of a product that names none."""

    name: str
    words: str
    draw: Callable[[Easel], str]
    width: float
    height: float
    colors: tuple[str, str, str]


WARES = (
    Ware("bag", "bag tote handbag purse backpack clutch satchel wallet luggage suitcase pouch shopper leather sac tasche",
         draw_bag, 412, 400, ("#7a5233", "#c99a62", "#8c2f2b")),
    Ware("heel", "heel pump stiletto sandal mule slingback court shoe",
         draw_heel, 470, 304, ("#a81e2d", "#d9b36c", "#3a1216")),
    Ware("boot", "boot ankle wellington",
         draw_boot, 366, 436, ("#5b3a26", "#2b211b", "#c9a26b")),
    Ware("sneaker", "sneaker trainer shoe loafer runner footwear",
         draw_sneaker, 480, 230, ("#f1ece2", "#e8604c", "#2b3a55")),
    Ware("watch", "watch timepiece chronograph montre uhr",
         draw_watch, 272, 474, ("#5a3a28", "#d7dbe0", "#17263f")),
    Ware("perfume", "perfume fragrance scent cologne parfum eau cosmetic beauty lotion bottle candle",
         draw_perfume, 304, 440, ("#d99a4e", "#2a2320", "#f2e5c8")),
    Ware("sunglasses", "sunglass glass eyewear spectacle optic lunette brille",
         draw_sunglasses, 510, 222, ("#6e3f1f", "#2f4a40", "#d2a85c")),
    Ware("scarf", "scarf shawl stole foulard bandana wrap silk tie blanket schal carre",
         draw_scarf, 396, 492, ("#22366b", "#e0a93b", "#f2e8d5")),
    Ware("necklace", "necklace pendant jewelry jewellery earring choker brooch chain pearl",
         draw_necklace, 396, 446, ("#d8b25a", "#2f8f83", "#efe6d2")),
    Ware("ring", "ring bracelet bangle diamond",
         draw_ring, 296, 470, ("#d6a07a", "#cfe6f2", "#ffffff")),
    Ware("dress", "dress gown skirt robe jumpsuit kleid top blouse",
         draw_dress, 356, 572, ("#0f6b52", "#d9c27a", "#0a3a2d")),
    Ware("coat", "coat jacket trench blazer parka cardigan jumper sweater knitwear shirt suit outerwear apparel clothing mantel",
         draw_coat, 336, 560, ("#b98a56", "#4a3322", "#e8d6b8")),
    Ware("hat", "hat cap fedora beret beanie headwear",
         draw_hat, 514, 266, ("#8a5a36", "#2b1d16", "#e4cfa8")),
    Ware("lamp", "lamp light lantern lighting leuchte",
         draw_lamp, 300, 482, ("#f0e0c0", "#b88a3e", "#5c4a2a")),
    Ware("chair", "chair armchair sofa stool furniture seat bench",
         draw_chair, 428, 446, ("#3f6b63", "#6b4a30", "#d9c7a2")),
)  # fmt: skip
BOX = Ware("box", "", draw_box, 344, 402, ("#34545c", "#e2c48c", "#f4ead6"))

_BY_WORD = {stem(word): ware for ware in reversed(WARES) for word in tokens(ware.words)}


def choose_ware(product: Product) -> Ware:
    """The drawing for a product: by its category, then its name, then its description; else a ribboned box."""
    for text in (product.category, product.name, product.description):
        for word in reversed(tokens(text)):
            ware = _BY_WORD.get(stem(word))
            if ware is not None:
                return ware
    return BOX
