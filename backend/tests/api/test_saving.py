"""SPEC H2, H3, H5, H6, P3, P8, S1, S5: saving pictures in every way there is."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response

from .gallery import PREFIX, Gallery, in_base64, running, sha256
from .pictures import picture
from .refusals import check_problem

FIELDS: dict[str, Any] = {
    "directive": "Explore serene atmosphere with urban streets",
    "product_id": "product-0",
    "product_name": "Neverfull MM",
    "product_brand": "Louis Vuitton",
    "x": 44,
    "y": 280.5,
    "width": 180,
    "height": 220,
    "canvas_width": 1440,
    "z": 3,
    "user_composition": "Looking for elegant evening wear...",
    "generator": {"name": "sketch", "model": "scene-1", "seed": 7, "prompt": "…", "more": [1, {"a": None}]},
}


def as_json(**fields: Any) -> dict[str, Any]:
    return {"json": {"image_data": in_base64(picture()), **FIELDS, **fields}}


def as_data_url(**fields: Any) -> dict[str, Any]:
    return as_json(image_data=f"data:image/jpeg;base64,{in_base64(picture())}", **fields)


def with_line_breaks(**fields: Any) -> dict[str, Any]:
    text = in_base64(picture())
    return as_json(image_data="\r\n".join(text[at : at + 76] for at in range(0, len(text), 76)), **fields)


def as_form(**fields: Any) -> dict[str, Any]:
    sent = {**FIELDS, **fields}
    texts = {name: json.dumps(value) if name == "generator" else str(value) for name, value in sent.items()}
    return {"files": {"image": ("whatever.exe", picture(), "text/html")}, "data": texts}


WAYS = [as_json, as_data_url, with_line_breaks, as_form]


def post(gallery: Gallery, session: dict[str, Any], key: str | None = None, **request: Any) -> Response:
    headers = {"idempotency-key": key} if key else {}
    return gallery.call("POST", f"/session/{session['id']}/images", headers=headers, **request)


@pytest.mark.parametrize("way", WAYS)
def test_p8_a_picture_is_kept_as_it_came(gallery: Gallery, way: Any) -> None:
    session = gallery.create()
    answer = post(gallery, session, **way())
    image = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, image["url"])
    assert image["url"] == f"{PREFIX}/session/{session['id']}/images/img-001"
    assert {name: image[name] for name in FIELDS} == FIELDS
    facts = {"media_type": "image/png", "size": len(picture()), "pixel_width": 24, "pixel_height": 18}
    facts |= {"sha256": sha256(picture()), "filename": "img_001.png", "source_url": None}
    assert {name: image[name] for name in facts} == facts
    assert gallery.images(session) == [image]
    assert gallery.blob(image).read_bytes() == picture()
    assert gallery.call("GET", gallery.path(image)).content == picture()
    record = json.loads(gallery.record(image).read_bytes())
    assert (record["schema"], record["sha256"]) == (1, sha256(picture()))
    assert gallery.get(f"/session/{session['id']}")["covers"] == [image["url"]]


@pytest.mark.parametrize(
    ("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp"), ("AVIF", "avif"), ("GIF", "gif")]
)
def test_h2_every_accepted_type_is_told_by_its_bytes(gallery: Gallery, kind: str, ending: str) -> None:
    session = gallery.create()
    data = picture(3, 200, 120, kind)
    image = gallery.save(session, data)
    assert (image["filename"], image["media_type"]) == (f"img_001.{ending}", f"image/{kind.lower()}")
    shown = gallery.call("GET", gallery.path(image))
    assert (shown.content, shown.headers["content-type"]) == (data, f"image/{kind.lower()}")
    small = gallery.call("GET", f"{gallery.path(image)}?width=160")
    assert (small.status_code, small.headers["content-type"], small.content[8:12]) == (
        200,
        "image/webp",
        b"WEBP",
    )


def test_a_card_without_a_size_keeps_the_pictures_shape(gallery: Gallery) -> None:
    session = gallery.create(user_composition="As it was")
    image = gallery.save(session, picture(1, 40, 80))
    assert (image["x"], image["y"], image["width"], image["height"]) == (0, 0, 180, 360)
    assert (image["canvas_width"], image["generator"], image["user_composition"]) == (None, None, "As it was")
    assert gallery.save(session, picture(2, 40, 80), width=90)["height"] == 180
    gallery.call("PATCH", f"/session/{session['id']}", json={"user_composition": "Later"})
    assert [one["user_composition"] for one in gallery.images(session)] == ["As it was", "As it was"]
    assert gallery.save(session, picture(3), user_composition="")["user_composition"] == ""


def test_h3_a_hosted_picture_is_redirected_to(gallery: Gallery) -> None:
    session = gallery.create()
    url = "https://host.example/a%20b/ü.JPEG?sig=a%2Fb&x=1#part"
    image = gallery.save(session, image_url=url)
    assert (image["source_url"], image["sha256"], image["size"]) == (url, None, None)
    assert image["filename"] == "img_001.jpg"
    for query in ("", "?width=160"):
        answer = gallery.call("GET", gallery.path(image) + query)
        assert answer.status_code == 307
        assert answer.headers["location"] == url.replace("ü", "%C3%BC")
        assert answer.headers["cache-control"] == "no-store"
    assert gallery.save(session)["id"] == "img-002"


def test_h5_fields_of_the_server_are_ignored(gallery: Gallery) -> None:
    session = gallery.create()
    forged: dict[str, Any] = {
        "id": "img-777",
        "session_id": "gal-1-aaaaaa",
        "filename": "../../evil.png",
        "sha256": "0" * 64,
    }
    forged |= {"created_at": "1999-01-01T00:00:00Z", "url": "https://evil.example", "media_type": "text/html"}
    forged |= {"removals": [], "placements": [], "idempotency": {"key": "a"}, "schema": 9, "colour": "red"}
    for request in (as_json(**forged), as_form(**forged)):
        image = post(gallery, session, **request).json()
        assert {name for name, value in forged.items() if image.get(name) == value} == set()
        assert image["sha256"] == sha256(picture())


def test_s5_numbers_count_up_and_never_come_back(gallery: Gallery) -> None:
    session = gallery.create()
    images = [gallery.save(session, picture(seed)) for seed in range(3)]
    assert [image["id"] for image in images] == ["img-001", "img-002", "img-003"]
    gallery.call("DELETE", gallery.path(images[2]))
    assert gallery.save(session)["id"] == "img-004"
    gallery.call("DELETE", f"{gallery.path(images[1])}?permanent=true")
    assert not gallery.blob(images[1]).exists()
    assert gallery.save(session)["id"] == "img-005"
    assert [image["id"] for image in gallery.images(session)] == ["img-001", "img-004", "img-005"]


def test_h12_a_removed_image_is_gone_and_comes_back(gallery: Gallery) -> None:
    session = gallery.create()
    image, other = gallery.save(session), gallery.save(session, picture(2))
    path = gallery.path(image)
    gallery.call("GET", f"{path}?width=160")
    assert gallery.call("DELETE", path).status_code == 204
    for method, rest in (("GET", ""), ("GET", "?width=160"), ("PATCH", "")):
        body = {"json": {"x": 1}} if method == "PATCH" else {}
        check_problem(gallery.call(method, path + rest, **body), 404, "restore it first")
    assert gallery.call("HEAD", path).status_code == 404
    assert gallery.images(session) == [other]
    kept = gallery.record(image).read_bytes()
    assert gallery.call("DELETE", path).status_code == 204
    assert gallery.record(image).read_bytes() == kept
    shown = gallery.get(f"/session/{session['id']}")
    assert (shown["image_count"], shown["covers"]) == (1, [other["url"]])
    restored = gallery.call("POST", f"{path}/restore")
    assert (restored.status_code, restored.json()) == (200, image)
    assert gallery.call("POST", f"{path}/restore").json() == image
    assert gallery.call("GET", path).content == picture()
    gallery.call("DELETE", path)
    assert gallery.call("DELETE", f"{path}?permanent=true").status_code == 204
    for method, rest in (("GET", ""), ("POST", "/restore"), ("DELETE", "")):
        check_problem(gallery.call(method, path + rest), 404, "erased")
    # Erasing again finishes what a failure left; there is nothing to complain of.
    assert gallery.call("DELETE", f"{path}?permanent=true").status_code == 204
    assert sha256(picture()) not in gallery.stored().values()


def trash(gallery: Gallery, session: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = gallery.get(f"/session/{session['id']}/images?trashed=true")["images"]
    return found


def test_h12_removed_images_are_listed_newest_removal_first(gallery: Gallery) -> None:
    session = gallery.create()
    images = [gallery.save(session, picture(number), x=number) for number in range(5)]
    assert trash(gallery, session) == []
    for place in (2, 0, 4):
        gallery.call("DELETE", gallery.path(images[place]))
    listed = trash(gallery, session)
    moments = [image["removed_at"] for image in listed]
    assert moments == sorted(moments, reverse=True)
    removed_at = {image["id"]: image["removed_at"] for image in listed}
    same = [images[place] | {"removed_at": removed_at[images[place]["id"]]} for place in (4, 0, 2)]
    assert sorted(listed, key=by_id) == sorted(same, key=by_id)
    if len(set(moments)) == 3:
        assert listed == same
    assert gallery.images(session) == [images[1], images[3]]
    assert gallery.get(f"/session/{session['id']}/images?trashed=no")["images"] == [images[1], images[3]]
    back = gallery.call("POST", f"{gallery.path(images[0])}/restore").json()
    assert back == images[0]
    gallery.call("DELETE", f"{gallery.path(images[2])}?permanent=true")
    assert [image["id"] for image in trash(gallery, session)] == [images[4]["id"]]
    path = f"/session/{session['id']}/images?trashed=1"
    tag = gallery.call("GET", path).headers["etag"]
    assert gallery.call("GET", path, headers={"if-none-match": tag}).status_code == 304
    for truth in ("perhaps", "", "2", "%00"):
        check_problem(gallery.call("GET", f"/session/{session['id']}/images?trashed={truth}"), 422, "trashed")


def by_id(image: dict[str, Any]) -> str:
    return str(image["id"])


@pytest.mark.parametrize("first", WAYS)
@pytest.mark.parametrize("second", WAYS)
def test_h6_a_retry_gets_the_first_answer(gallery: Gallery, first: Any, second: Any) -> None:
    session = gallery.create()
    answers = [post(gallery, session, "a-key", **way()) for way in (first, second)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert len(gallery.images(session)) == 1


def test_h6_a_key_with_another_request_is_refused(gallery: Gallery) -> None:
    session = gallery.create()
    post(gallery, session, "a-key", **as_json())
    others = [as_json(x=45), as_json(directive="Other"), as_json(generator=None), as_form(width=181)]
    others += [as_json(image_data=in_base64(picture(2))), as_json(user_composition="Other")]
    for other in others:
        check_problem(post(gallery, session, "a-key", **other), 422, "use a new key")
    assert len(gallery.images(session)) == 1
    # A key belongs to its session, and a refused request uses none up.
    assert post(gallery, gallery.create(), "a-key", **as_json(x=45)).status_code == 201
    check_problem(post(gallery, session, "b-key", **as_json(x="left")), 422)
    assert post(gallery, session, "b-key", **as_json()).status_code == 201


def test_p3_fifty_at_once_make_one_image(gallery: Gallery) -> None:
    session = gallery.create()
    with ThreadPoolExecutor(50) as pool:
        ways = [WAYS[place % len(WAYS)] for place in range(50)]
        answers = list(pool.map(lambda way: post(gallery, session, "one-key", **way()), ways))
    assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
    assert {answer.json()["id"] for answer in answers} == {"img-001"}
    assert len(gallery.images(session)) == 1
    assert len(list((gallery.root / session["id"]).iterdir())) == 3


def test_p3_a_retry_after_a_restart_and_after_a_removal(tmp_path: Path) -> None:
    with running(tmp_path / "gallery") as gallery:
        session = gallery.create()
        image = post(gallery, session, "a-key", **as_json()).json()
    with running(tmp_path / "gallery") as gallery:
        again = post(gallery, session, "a-key", **as_form())
        assert (again.status_code, again.json()) == (200, image)
        gallery.call("DELETE", gallery.path(image))
        assert post(gallery, session, "a-key", **as_json()).status_code == 200
        assert gallery.images(session) == []
        gallery.call("POST", f"{gallery.path(image)}/restore")
        gallery.call("DELETE", f"{gallery.path(image)}?permanent=true")
        late = post(gallery, session, "a-key", **as_json())
        assert (late.status_code, late.json()["id"]) == (200, "img-001")
        assert gallery.images(session) == []
