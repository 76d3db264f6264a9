"""The one screen on which somebody proposes a topic, for pages and programs alike."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from tagwerk.barcamp.models import LONGEST_DESCRIPTION, LONGEST_TITLE, Topic
from tagwerk.barcamp.rules import Counts, Policy, PublishMode, When
from tagwerk.events.models import FEATURE_NAMES
from tagwerk.events.rules import Feature, Mode
from tagwerk.kit.form_fields import LONG_TEXT, NO_CHOICE, TextField
from tagwerk.kit.refusals import Invalid

WHENS = [(When.ANY, _("ganzer Tag")), (When.MORNING, _("vormittags")), (When.AFTERNOON, _("nachmittags"))]
MODES = [(Mode.ON_SITE, _("vor Ort")), (Mode.ONLINE, _("online")), (Mode.HYBRID, _("beides"))]
EMPTY_TITLE = _("Bitte schreiben Sie in wenigen Worten, worum es geht.")
LONG_TITLE = _(
    "Bitte kürzen Sie auf höchstens %(limit_value)s Zeichen: So passt das Thema an die Wand. (Jetzt: %(show_value)s)"
)


class TopicForm(forms.Form):
    """What somebody says about a topic."""

    title = TextField(
        label=_("Worum geht es?"),
        max_length=LONGEST_TITLE,
        error_messages={"required": EMPTY_TITLE, "max_length": LONG_TITLE},
    )
    description = TextField(
        label=_("Beschreibung"),
        lines=True,
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": LONG_TEXT},
    )
    purpose = forms.ChoiceField(label=_("Was soll passieren?"), choices=Topic.Purpose.choices, required=False)
    level = forms.ChoiceField(label=_("Für wen?"), choices=Topic.Level.choices, required=False)
    host_name = TextField(
        label=_("Name an der Wand"), required=False, max_length=60, error_messages={"max_length": LONG_TEXT}
    )
    when = forms.ChoiceField(label=_("Wann?"), choices=WHENS, required=False)
    mode = forms.ChoiceField(label=_("Wie sind Sie dabei?"), choices=MODES, required=False)
    pitch = forms.ChoiceField(label=_("Vorstellung"), choices=Topic.Pitch.choices, required=False)
    needs = forms.MultipleChoiceField(
        label=_("Was braucht der Raum?"), choices=list(FEATURE_NAMES.items()), required=False
    )
    wanted = forms.BooleanField(label=_("Ich wünsche mir das Thema nur"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = NO_CHOICE

    def words(self) -> dict[str, Any]:
        """Give the checked words; an empty choice means the default."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name != "wanted"}
        for name in ("purpose", "level", "when", "mode", "pitch"):
            if not chosen[name]:
                del chosen[name]
        chosen["needs"] = sorted(Feature(need).value for need in chosen["needs"])
        return chosen


def refusal_of(form: forms.Form) -> Invalid:
    """Give the refusal of a form that does not hold, field by field."""
    errors = {name: sentences[0] for name, sentences in form.errors.items()}
    return Invalid("invalid", _("Bitte sehen Sie sich die markierten Felder noch einmal an."), errors=errors)


def checked(values: Mapping[str, Any]) -> TopicForm:
    """Give a form with plain values that holds; raises `Invalid`."""
    form = TopicForm(dict(values))
    if not form.is_valid():
        raise refusal_of(form)
    return form


def checked_name(raw: str) -> str:
    """Give the name of who adopts a wish; raises `Invalid` when it does not hold."""
    try:
        return str(TopicForm.base_fields["host_name"].clean(raw))
    except forms.ValidationError as fault:
        sentence = fault.messages[0]
        raise Invalid("invalid", sentence, errors={"host_name": sentence}) from fault


class RulesForm(forms.Form):
    """How the crew wants the barcamp to be run.

    `changes` are what this person changed: what somebody else changed meanwhile stays theirs.
    """

    publish_mode = forms.ChoiceField(
        label=_("Wann wird ein Platz verkündet?"),
        choices=[
            (PublishMode.TOGETHER, _("gesammelt, mit „Plan verkünden“")),
            (PublishMode.AT_ONCE, _("sofort, sobald ein Thema genug Interesse hat")),
        ],
    )
    policy = forms.ChoiceField(
        label=_("Was kommt ins Programm?"),
        choices=[
            (Policy.THRESHOLD, _("Themen mit genug Interesse")),
            (Policy.EVERY, _("jedes Thema")),
            (Policy.CREW, _("was das Team einplant")),
        ],
    )
    threshold = forms.IntegerField(label=_("Genug Interesse ab"), min_value=1, max_value=999)
    counts = forms.ChoiceField(
        label=_("Was alle vom Interesse sehen"),
        choices=[
            (Counts.ENOUGH, _("einen Balken bis „Genug Interesse“")),
            (Counts.EXACT, _("die genaue Zahl")),
            (Counts.HIDDEN, _("nichts")),
        ],
    )
    reserve_rooms = forms.IntegerField(
        label=_("Räume, die nachmittags für späte Themen frei bleiben"), min_value=0, max_value=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the page say what each rule was when it was opened."""
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def as_opened(self) -> list[SafeString]:
        """Give hidden fields with the rules as they were when the page was opened."""
        return [field.as_hidden(only_initial=True) for field in self]

    def changes(self) -> dict[str, Any]:
        """Give the rules that were changed on the page."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


def checked_rules(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give rules that hold; raises `Invalid`."""
    form = RulesForm(dict(values))
    if not form.is_valid():
        raise refusal_of(form)
    return form.cleaned_data


class PricesForm(forms.Form):
    """What the planner weighs against each other, in people who find a seat (see `plan_rules.Prices`)."""

    move = forms.IntegerField(label=_("Andere Zeit"), min_value=1, max_value=999)
    room_move = forms.IntegerField(label=_("Anderer Raum"), min_value=0, max_value=999)
    clash = forms.IntegerField(label=_("Zwei Sessions eines Themenfelds gleichzeitig"), min_value=0, max_value=999)
