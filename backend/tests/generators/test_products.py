"""The shelf: a file one can replace, and errors that say where it is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynamic_gallery.errors import InvalidInput, StorageUnavailable
from dynamic_gallery.generators.sketch.wares import BOX, choose_ware
from dynamic_gallery.services.products import load_shelf, parse_shelf

GOOD = '{"id": "a", "name": "N", "brand": "B", "category": "bag"}'


def test_sample_shelf_has_a_dozen_products_each_with_a_drawing_of_its_own() -> None:
    shelf = list(load_shelf())
    assert len(shelf) == 12
    assert (shelf[0].id, shelf[0].name, shelf[0].brand) == ("product-0", "Neverfull MM", "Louis Vuitton")
    wares = [choose_ware(product).name for product in shelf]
    assert BOX.name not in wares
    assert len(set(wares)) == 12


def test_a_shelf_is_a_list_or_an_object_with_products(tmp_path: Path) -> None:
    file = tmp_path / "shelf.json"
    for text in (f"[{GOOD}]", f'{{"products": [{GOOD}]}}', f"\ufeff[{GOOD}]"):
        file.write_text(text, "utf-8")
        assert [product.id for product in load_shelf(file)] == ["a"]
    assert load_shelf(file).find("a").name == "N"


def test_an_unknown_product_is_named() -> None:
    with pytest.raises(InvalidInput, match="'product-99'"):
        load_shelf().find("product-99")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (b"", "line 1"),
        (b'[\n{"id": "a",}\n]', "line 2"),
        (b'{"products": 3}', "products"),
        (b"7", "list of products"),
        (b'[{"id": "a", "name": "N", "brand": "B"}]', r"products\[0\].category"),
        (b'[{"id": "a", "name": 5, "brand": "B", "category": "bag"}]', r"products\[0\].name"),
        (b'[{"id": "../x", "name": "N", "brand": "B", "category": "bag"}]', r"products\[0\].id"),
        (b'[{"id": "a", "name": " ", "brand": "B", "category": "bag"}]', r"products\[0\].name"),
        (b'[{"id": "a", "name": "N", "brand": "B", "category": "bag", "colors": ["red"]}]', r"colors.0"),
        (b'[{"id": "a", "name": "N", "brand": "B", "category": "bag", "price": 1}]', r"products\[0\].price"),
        (f"[{GOOD},\n{GOOD}]".encode(), r"products\[1\].id"),
        (b"[3]", r"products\[0\]"),
        (b"[\n\n\xff\xfe]", "line 3"),
        (b"[" * 100_000, "nested|JSON"),
        (b'[{"id": "a", "name": "\\ud800", "brand": "B", "category": "bag"}]', r"products\[0\]"),
    ],
)
def test_a_broken_shelf_says_where(text: bytes, where: str) -> None:
    with pytest.raises(InvalidInput, match=where) as caught:
        parse_shelf(text, "/etc/shelf.json")
    assert caught.value.detail.startswith("/etc/shelf.json")


def test_absent_and_unreadable_files_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="does not exist"):
        load_shelf(tmp_path / "none.json")
    with pytest.raises(StorageUnavailable, match="could not be read"):
        load_shelf(tmp_path)
