"""The product shelf: a JSON file of products that pictures can feature."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from dynamic_gallery.errors import InvalidInput, StorageUnavailable

MAX_SHELF_BYTES = 4 * 1024 * 1024
MAX_PRODUCTS = 5_000

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")
]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
ProductId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]


class Product(BaseModel):
    """One thing on the shelf; `category` is a plain word ("bag", "shoe"), `colors` go from main to accent."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    id: ProductId
    name: Line
    brand: Line
    category: Line
    description: Annotated[str, StringConstraints(max_length=2_000, pattern=r"^[^\x00]*$")] = ""
    colors: Annotated[tuple[Colour, ...], Field(max_length=8)] = ()


class Shelf:
    """Products in their order on file, found by id."""

    def __init__(self, products: list[Product]) -> None:
        self._by_id = {product.id: product for product in products}

    def __iter__(self) -> Iterator[Product]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def find(self, product_id: str) -> Product:
        """The product of this id; raises InvalidInput naming the id."""
        product = self._by_id.get(product_id)
        if product is None:
            raise InvalidInput(
                f"There is no product {product_id!r} on the shelf; GET /api/products lists those there are."
            )
        return product


def load_shelf(path: str | Path | None = None) -> Shelf:
    """Read a shelf file, or the sample shelf when no path is given.

    Raises InvalidInput naming file, place and remedy when it is absent or broken,
    StorageUnavailable when it is there but cannot be read.
    """
    if path is None:
        sample = resources.files("dynamic_gallery") / "data" / "products.json"
        return parse_shelf(sample.read_bytes(), "the sample shelf")
    source = Path(path)
    try:
        data = source.read_bytes()
    except FileNotFoundError:
        raise InvalidInput(
            f"The product shelf {source} does not exist; create it or change the setting."
        ) from None
    except OSError as problem:
        raise StorageUnavailable(
            f"The product shelf {source} could not be read: {problem.strerror}."
        ) from problem
    return parse_shelf(data, str(source))


def parse_shelf(data: bytes, source: str) -> Shelf:
    """Turn the bytes of a shelf file into a Shelf; `source` names the file in errors (InvalidInput)."""
    items = _items(_document(data, source), source)
    products = [_product(item, f"{source}: products[{place}]") for place, item in enumerate(items)]
    _refuse_repeated_ids(products, source)
    return Shelf(products)


def _document(data: bytes, source: str) -> Any:
    if len(data) > MAX_SHELF_BYTES:
        raise InvalidInput(f"{source}: a shelf has at most {MAX_SHELF_BYTES // 2**20} MiB; this is more.")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise InvalidInput(f"{source}, line {line}: this is no UTF-8 text; save the file as UTF-8.") from None
    except json.JSONDecodeError as problem:
        raise InvalidInput(
            f"{source}, line {problem.lineno}, column {problem.colno}: this is no JSON ({problem.msg}); "
            "correct it there."
        ) from None
    except RecursionError:
        raise InvalidInput(
            f"{source}: brackets are nested too deeply for a shelf; it is a flat list."
        ) from None


def _items(document: Any, source: str) -> list[Any]:
    items = document.get("products") if isinstance(document, dict) else document
    if not isinstance(items, list):
        raise InvalidInput(
            f'{source}: expected {{"products": [...]}} or a list of products; found something else.'
        )
    if len(items) > MAX_PRODUCTS:
        raise InvalidInput(
            f"{source}: {len(items)} products are too many; a shelf holds at most {MAX_PRODUCTS}."
        )
    return items


def _product(item: Any, place: str) -> Product:
    try:
        return Product.model_validate_json(json.dumps(item))
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        where = f"{place}.{name}" if name else place
        raise InvalidInput(
            f"{where}: {first['msg']}. Correct that field; the sample shelf shows the form."
        ) from None


def _refuse_repeated_ids(products: list[Product], source: str) -> None:
    first_place: dict[str, int] = {}
    for place, product in enumerate(products):
        if product.id in first_place:
            raise InvalidInput(
                f"{source}: products[{place}].id: {product.id!r} is also the id of "
                f"products[{first_place[product.id]}]; give one of them another id."
            )
        first_place[product.id] = place
