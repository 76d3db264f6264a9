"""What organisers say around a programme; two people can change different fields of one page at the same time."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tagwerk.events.around import CONFORMITIES, PARTNER_KINDS
from tagwerk.events.frame_rules import LONGEST_LINK, Need, NotALink, link
from tagwerk.kit.form_fields import NO_CHOICE, TextField
from tagwerk.people.rules import RoleKind

NO_LINK = _("Bitte geben Sie eine Adresse an, die mit https:// beginnt.")
NO_MAIL = _("Bitte geben Sie eine E-Mail-Adresse an, zum Beispiel hallo@stadt.example.")
NEEDED = frozenset(need.value for need in Need)
LARGEST_LOGO = 2 * 1024 * 1024


class LinkField(TextField):
    """The address of a page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_LINK, required=False, **kwargs)

    def to_python(self, value: Any) -> str:
        """Refuse what nobody could open."""
        try:
            return link(str(value or ""))
        except NotALink as fault:
            raise forms.ValidationError(NO_LINK) from fault


def line(label: Any, longest: int, hint: Any = "", *, required: bool = False) -> TextField:
    """Give a field for one line."""
    missing = {"required": _("Bitte füllen Sie dieses Feld aus.")}
    return TextField(label=label, max_length=longest, required=required, help_text=hint, error_messages=missing)


def prose(label: Any, longest: int, hint: Any = "") -> TextField:
    """Give a field for several lines."""
    area = forms.Textarea(attrs={"rows": 4})
    return TextField(label=label, lines=True, max_length=longest, required=False, help_text=hint, widget=area)


class PartForm(forms.Form):
    """A page of texts. `changes` are what this person changed: what somebody else changed meanwhile stays theirs."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the page say what each text was when it was opened."""
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.show_hidden_initial = True
            field.is_needed = name in NEEDED  # type: ignore[attr-defined] # the page says so

    def as_opened(self) -> list[SafeString]:
        """Give hidden fields with the texts as they were when the page was opened."""
        return [field.as_hidden(only_initial=True) for field in self]

    def changes(self) -> dict[str, Any]:
        """Give the texts that were changed on the page."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @classmethod
    def of(cls, row: Model) -> dict[str, Any]:
        """Give what stands now, for the page."""
        return {name: getattr(row, name) for name in cls.base_fields}


class EventForm(PartForm):
    """What the event is about, and whom one asks."""

    name = line(_("Name"), 120, required=True)
    motto = line(_("Motto"), 200, _("Ein Satz, der neugierig macht."))
    audience = line(_("Für wen?"), 300, _("Zum Beispiel: Verwaltung, Vereine, alle, die mitreden wollen."))
    place = line(_("Ort"), 160)
    hashtag = line(_("Hashtag"), 40, _("Zum Beispiel #OGT27."))
    contact_mail = forms.EmailField(
        label=_("E-Mail für Fragen"),
        required=False,
        max_length=254,
        help_text=_("Steht auf jeder Seite. Am besten ein Postfach, das mehrere lesen."),
        error_messages={"invalid": NO_MAIL},
    )
    contact_phone = line(_("Telefon für Fragen"), 40)

    def clean_hashtag(self) -> str:
        """Let a hashtag begin with its sign, whether it was typed or not."""
        word: str = self.cleaned_data["hashtag"].replace(" ", "")
        return f"#{word}" if word and not word.startswith("#") else word


class DutiesForm(PartForm):
    """What the law wants to be said."""

    imprint = prose(
        _("Impressum"), 4000, _("Name, Anschrift, Vertretung, E-Mail, Telefon: wie auf Ihrer Internetseite.")
    )
    privacy_contact = prose(
        _("Datenschutz: an wen man sich wendet"), 600, _("Behördliche Datenschutzbeauftragte, Anschrift und E-Mail.")
    )
    accessibility_contact = prose(
        _("Barrieren melden: an wen man sich wendet"), 600, _("E-Mail und Telefon; auch für Fragen vor dem Besuch.")
    )
    conformity = forms.ChoiceField(
        label=_("Vereinbarkeit mit der BITV 2.0"),
        choices=CONFORMITIES,
        required=False,
        error_messages={"invalid_choice": NO_CHOICE},
    )
    exceptions = prose(_("Was noch nicht barrierefrei ist"), 2000)
    assessed_on = forms.DateField(
        label=_("Bewertet am"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"kind": "date"}),
        error_messages={"invalid": _("Bitte geben Sie ein Datum an.")},
    )
    enforcement = prose(
        _("Durchsetzungs- oder Schlichtungsstelle"),
        600,
        _("Je nach Land; steht in der Erklärung zur Barrierefreiheit."),
    )


class VenueForm(PartForm):
    """The house."""

    name = line(_("Name des Hauses"), 160)
    address = prose(_("Anschrift"), 400)
    map_url = LinkField(label=_("Link zu einer Karte"), help_text=_("Wird erst nach einem Klick geöffnet."))
    way = prose(_("Anreise"), 2000, _("Bus und Bahn zuerst, dann Rad, dann Auto."))
    accessibility = prose(
        _("Barrierefreiheit im Haus"), 2000, _("Eingang, Aufzug, WC, Parkplatz, Induktionsschleife, Ruheraum.")
    )
    wifi_name = line(_("Name des WLANs"), 32)
    wifi_password = line(
        _("Passwort des WLANs"), 63, _("Steht öffentlich auf der Seite. Lassen Sie es leer, wenn das nicht sein soll.")
    )
    note = prose(_("Gut zu wissen"), 2000, _("Garderobe, Essen, Kinderbetreuung, Hunde."))


class BodyForm(forms.Form):
    """A responsible body."""

    name = line(_("Name"), 160, required=True)
    address = prose(_("Anschrift"), 400)
    url = LinkField(label=_("Internetseite"))


class PartnerForm(forms.Form):
    """A partner, with a logo as a file."""

    name = line(_("Name"), 160, required=True)
    kind = forms.ChoiceField(label=_("Art"), choices=PARTNER_KINDS, error_messages={"invalid_choice": NO_CHOICE})
    url = LinkField(label=_("Internetseite"))
    logo = forms.FileField(
        label=_("Logo"),
        widget=forms.ClearableFileInput(attrs={"most": 2}),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "PNG, JPEG, GIF oder WebP, höchstens 2 MB. Wir zeichnen es neu; verborgene Angaben bleiben draußen."
        ),
    )

    def clean_logo(self) -> Any:
        """Refuse a file that is too large."""
        sent = self.cleaned_data["logo"]
        if sent is not None and sent.size > LARGEST_LOGO:
            raise forms.ValidationError(_("Diese Datei ist zu groß: höchstens 2 MB."))
        return sent


class DateForm(forms.Form):
    """A save-the-date."""

    title = line(_("Was?"), 160, required=True)
    when = line(_("Wann?"), 80, _("So genau, wie es schon feststeht: „12. März 2028“ oder „Frühjahr 2028“."))
    place = line(_("Wo?"), 160)
    url = LinkField(label=_("Internetseite"))


class InvitationForm(forms.Form):
    """Whom to ask into the crew."""

    label = line(_("Für wen?"), 80, _("Nur für Sie, zum Wiedererkennen: „Jonas, Bürgerbüro“."))
    kind = forms.ChoiceField(
        label=_("Was darf die Person?"),
        choices=[
            (RoleKind.ORGANISER, _("Organisation: alles, auch ankündigen und einladen")),
            (RoleKind.MODERATOR, _("Moderation: Programm und Bühne")),
            (RoleKind.HELPER, _("Hilfe: Karten, Schilder, Verschieben")),
        ],
        error_messages={"invalid_choice": NO_CHOICE},
    )
