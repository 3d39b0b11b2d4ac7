"""Tests attachments: stored once by digest, sealed, shown with a case, erasable."""

import hashlib

import pytest
from sqlalchemy import func, select

from casework.application.privacy.erase import erase, reach_of_case, reach_of_person
from casework.seal.tables import attachment, sealed_blob
from tests.stories.terminal import LOG

PHOTO = b"\xff\xd8\xff\xe0 a secret photo"


def digest(content):
    return hashlib.sha256(content).hexdigest()


def rows(county, table):
    with county.runtime.engine.connect() as db:
        return db.scalar(select(func.count()).select_from(table).where(table.c.log == LOG))


def brought(county, content, who="cadre"):
    return county.put(who, f"blobs/{digest(content)}", content)


def test_a_photo_is_stored_once_and_shown_only_with_its_case(county):
    name, case = digest(PHOTO), county.number("pine, led by newt")
    assert county.post("cadre", "blobs/missing", {"sha256": [name]}).json() == {"missing": [name]}
    first, blobs = brought(county, PHOTO), rows(county, sealed_blob)
    again = brought(county, PHOTO, "unit_lead")

    assert (first.status_code, first.json()["media_type"], first.json()["new"]) == (201, "image/jpeg", True)
    assert (again.status_code, again.json()["new"]) == (200, False)
    assert rows(county, sealed_blob) == blobs
    assert rows(county, attachment) == 1
    assert county.post("cadre", "blobs/missing", {"sha256": [name]}).json() == {"missing": []}

    # no case refers to it yet, so no case shows it
    assert county.get("cadre", f"cases/{case}/attachments/{name}").json()["code"] == "no-such-attachment"
    logged = county.post("cadre", f"cases/{case}/actions", {"action": "photo", "evidence": [name]})
    assert logged.status_code == 200
    seen = county.get("dispatcher", f"cases/{case}/attachments/{name}")
    assert seen.content == PHOTO
    assert seen.headers["content-disposition"] == f'attachment; filename="{name[:16]}.jpg"'
    assert (seen.headers["content-type"], seen.headers["x-content-type-options"]) == ("image/jpeg", "nosniff")
    for who, code in (("reporter", "outside-your-area"), ("administrator", "not-your-role")):
        assert county.get(who, f"cases/{case}/attachments/{name}").json()["code"] == code
    other = county.number("pine, public")
    assert county.get("dispatcher", f"cases/{other}/attachments/{name}").json()["code"] == "no-such-attachment"


def test_an_attachment_is_stored_sealed(county):
    brought(county, PHOTO)
    with county.runtime.engine.connect() as db:
        blobs = list(db.scalars(select(sealed_blob.c.bytes)))

    assert all(b"secret photo" not in blob for blob in blobs)


@pytest.mark.parametrize(
    ("content", "address", "status", "code"),
    [
        (PHOTO[:-1], digest(PHOTO), 422, "digest-differs"),
        (b"<html>", digest(b"<html>"), 415, "not-this-kind"),
        (b"", digest(b""), 415, "not-this-kind"),
        (PHOTO, "0" * 64, 422, "digest-differs"),
        (PHOTO, "short", 400, "malformed"),
    ],
)
def test_an_attachment_of_another_digest_or_kind_is_refused(county, content, address, status, code):
    refused = county.put("cadre", f"blobs/{address}", content)

    assert (refused.status_code, refused.json()["code"]) == (status, code)


def test_a_too_large_attachment_is_refused(county):
    limit = county.runtime.settings.attachments.max_bytes
    by_little, by_much = PHOTO + bytes(limit - len(PHOTO) + 1), PHOTO + bytes(limit * 2)

    for content in (by_little, by_much):
        assert brought(county, content).status_code == 413


def test_an_auditor_may_not_upload_an_attachment(county):
    assert brought(county, PHOTO, "auditor").status_code == 403


def test_the_media_type_of_an_attachment_follows_its_bytes(county):
    kinds = {
        b"\x89PNG\r\n\x1a\n.": "image/png", b"RIFF....WEBP": "image/webp", b"....ftypheic": "image/heic",
        b"%PDF-1.7": "application/pdf", b"GIF89a": "image/gif",
    }  # fmt: skip
    for content, kind in kinds.items():
        assert brought(county, content).json()["media_type"] == kind


def test_erasing_a_case_keeps_photos_that_another_case_refers_to(county):
    own, shared = PHOTO + b" of one", PHOTO + b" of two"
    brought(county, own, "dispatcher")
    brought(county, shared, "dispatcher")
    one = county.do("register-case", "cadre/cuckoo", "caller", area="pine-1", person={"phone": "13900005555"}).stream
    two = county.do("register-case", "cadre/cuckoo", "caller", area="pine-1").stream
    for stream, photos in ((one, (own, shared)), (two, (shared,))):
        county.do(
            "log-action", "cadre/owl", "dispatcher", case=stream, action="photo",
            evidence=[digest(photo) for photo in photos],
        )  # fmt: skip

    resident = county.runtime.asked_by(LOG, one)
    assert reach_of_person(county.runtime, LOG, [resident]).kids
    reach = reach_of_case(county.runtime, LOG, one)
    assert len(reach.shared) == 1
    assert set(reach_of_person(county.runtime, LOG, [resident]).kids) == set(reach.kids)
    erase(county.runtime, LOG, reach, actor="cadre/mole", basis="resident_asked")

    gone = county.get("dispatcher", f"cases/{one.removeprefix('case/')}/attachments/{digest(own)}")
    assert (gone.status_code, gone.json()["code"]) == (410, "attachment-gone")
    for stream in (one, two):
        kept = county.get("dispatcher", f"cases/{stream.removeprefix('case/')}/attachments/{digest(shared)}")
        assert kept.content == shared


def test_knowing_the_digest_of_a_hidden_attachment_does_not_open_it(county):
    content = PHOTO + b" of another case"
    name, hidden = digest(content), county.number("pine, confidential, otter's")
    body = {"action": "photo", "evidence": [name]}
    brought(county, content, "unit_lead")
    assert (
        county.post("unit_lead", f"cases/{hidden}/actions", {"action": "photo", "evidence": [name]}).status_code == 200
    )
    assert county.get("unit_lead", f"cases/{hidden}/attachments/{name}").content == content

    # a cadre who knows the digest, but may not see that case, cites it in a case of their own
    mine = county.number("pine, led by newt")
    assert county.get("cadre", f"cases/{hidden}").status_code == 403
    assert county.post("cadre", f"cases/{mine}/actions", body).status_code == 200
    opened = county.get("cadre", f"cases/{mine}/attachments/{name}")
    assert (opened.status_code, opened.json()["code"]) == (404, "no-such-attachment")

    # after uploading the same bytes the cadre may open the attachment
    assert brought(county, content, "cadre").status_code == 200
    assert county.get("cadre", f"cases/{mine}/attachments/{name}").content == content
