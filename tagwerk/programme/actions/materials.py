"""What speakers give: their photo, their slides, what they say of themselves; and slides become public."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tagwerk.kit.codes import new_code
from tagwerk.kit.pictures import Picture
from tagwerk.kit.refusals import Invalid, Refusal
from tagwerk.kit.slides import LARGEST, NoSlides, SlideKind, file_name, kind_of
from tagwerk.kit.writer import action
from tagwerk.live.actions import hold, tell
from tagwerk.programme.actions.drafting import tell_session
from tagwerk.programme.changes import SpeakerEdited
from tagwerk.programme.models import Material, Portrait, Session, Speaker
from tagwerk.programme.taking_part import sessions_with

MOST_FILES = 5
NO_SLIDES = _("Diese Datei können wir nicht nehmen. Bitte schicken Sie PDF, ODP oder PPTX ohne Makros.")
LARGE = _("Diese Datei ist zu groß: höchstens 15 MB.")


@action
def set_portrait(speaker: Speaker, picture: Picture | None, *, actor: str = "") -> int:
    """Give a speaker a photo that we drew ourselves (None: take it away); gives the revision."""
    hold(speaker.event.stream)
    if picture is None:
        Portrait.objects.filter(speaker=speaker).delete()
    else:
        said: dict[str, Any] = {"data": picture.data, "digest": picture.digest}
        said |= {"width": picture.width, "height": picture.height}
        Portrait.objects.update_or_create(speaker=speaker, defaults=said)
    return _tell_speaker(speaker, actor)


@action
def add_slides(session: Session, speaker: Speaker, name: str, raw: bytes, *, actor: str = "") -> Material:
    """Keep slides for a session in which a speaker takes part; raises `Invalid` for what are none, `Refusal` for many."""
    hold(session.event.stream)
    if session.pk not in sessions_with(speaker):
        raise Refusal("no-such-part", _("Sie stehen nicht (mehr) in diesem Programmpunkt."))
    if Material.objects.filter(session=session).count() >= MOST_FILES:
        raise Refusal("too-many", _("Mehr als fünf Dateien passen nicht. Bitte löschen Sie zuerst eine."))
    kind = _checked(raw)
    code = new_code(lambda drawn: Material.objects.filter(session=session, code=drawn).exists())
    material = Material.objects.create(
        session=session,
        speaker=speaker,
        code=code,
        name=file_name(name, kind),
        kind=kind,
        data=raw,
        size=len(raw),
        sent_at=timezone.now(),
    )
    _tell_speaker(speaker, actor)
    return material


@action
def remove_slides(material: Material, *, actor: str = "") -> int:
    """Delete slides; gives the revision."""
    session = material.session
    hold(session.event.stream)
    material.delete()
    return tell_session(session, actor)


@action
def publish_slides(material: Material, *, public: bool, actor: str = "") -> int:
    """Show slides on the page of their session, or take them off it; gives the revision."""
    hold(material.session.event.stream)
    material.is_public = public
    material.save(update_fields=["is_public"])
    return tell_session(material.session, actor)


def _checked(raw: bytes) -> SlideKind:
    if len(raw) > LARGEST:
        raise Invalid("slides-too-large", LARGE, errors={"slides": LARGE})
    try:
        return kind_of(raw)
    except NoSlides as fault:
        raise Invalid("no-slides", NO_SLIDES, errors={"slides": NO_SLIDES}) from fault


def _tell_speaker(speaker: Speaker, actor: str) -> int:
    return tell(
        speaker.event.stream, SpeakerEdited(code=speaker.code, touches=(f"speaker:{speaker.code}",)), actor=actor
    )
