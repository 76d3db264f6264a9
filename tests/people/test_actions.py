"""What happens to people: devices come and go, codes are tried, rights are given and taken."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tagwerk.kit.refusals import Invalid, TooMany
from tagwerk.people import actions, minting, tokens
from tagwerk.people.models import ApiToken, DeviceToken, Person, Realm, Role, WrongTry
from tagwerk.people.rules import TRIES, RoleKind
from tests.town import Town

ORIGIN = "the town hall's address"


@pytest.fixture
def realm(town: Town) -> Realm:
    return Realm.objects.get(slug=town.slug)


def wrong_tries(realm: Realm, number: int, ago: timedelta = timedelta()) -> None:
    for _try in range(number):
        actions.note_wrong_try(realm, ORIGIN)
    WrongTry.objects.update(tried_at=timezone.now() - ago)


def test_a_device_gets_a_secret_of_which_only_the_hash_stays_here(realm: Realm) -> None:
    device, secret = actions.mint_device(realm, ORIGIN)
    assert secret.startswith(tokens.DEVICE)
    assert len(secret) >= 4 + 32
    assert device.digest == tokens.digest(secret)
    assert secret not in str(DeviceToken.objects.filter(pk=device.pk).values())
    assert device.is_verified


def counting(realm: Realm, origin: str, code: str = "", *, phones: int) -> int:
    """Let phones ask for a token, and count those that count."""
    return sum(actions.mint_device(realm, origin, code)[0].is_verified for _phone in range(phones))


def with_budget(realm: Realm, budget: int) -> Realm:
    """Begin with a budget of which nothing is spent."""
    DeviceToken.objects.filter(realm=realm).delete()
    realm.minting_budget = budget
    realm.save()
    return realm


def test_beyond_the_budget_of_an_address_a_device_is_shown_but_does_not_count(realm: Realm) -> None:
    assert counting(with_budget(realm, 8), ORIGIN, phones=9) == 6
    assert counting(realm, "another address", phones=9) == 2, "nor do many addresses help"


def test_the_budget_without_a_code_is_one_of_the_last_hour(realm: Realm) -> None:
    assert counting(with_budget(realm, 4), ORIGIN, phones=5) == 3
    DeviceToken.objects.filter(realm=realm).update(minted_at=timezone.now() - timedelta(minutes=61))
    assert counting(realm, ORIGIN, phones=5) == 3


def test_who_shows_the_hall_code_counts_when_a_script_has_taken_the_rest(realm: Realm) -> None:
    assert counting(with_budget(realm, 8), ORIGIN, phones=50) == 6
    assert counting(realm, ORIGIN, realm.hall_code, phones=5) == 2, "one address never gets more than the budget"
    assert counting(realm, "a phone's own network", realm.hall_code, phones=9) == 6, "nor does one code"


def test_a_new_hall_code_has_a_budget_of_its_own(realm: Realm) -> None:
    assert counting(with_budget(realm, 4), ORIGIN, realm.hall_code, phones=9) == 4
    realm.hall_code = "654321"
    assert counting(realm, ORIGIN, realm.hall_code, phones=9) == 4


def test_waiting_for_an_hour_makes_no_budget_of_a_hall_code(realm: Realm) -> None:
    with_budget(realm, 4)
    late = [actions.mint_device(realm, ORIGIN)[0] for _phone in range(12)]
    DeviceToken.objects.filter(realm=realm).update(minted_at=timezone.now() - timedelta(hours=2), is_verified=False)
    for device in late:
        device.refresh_from_db()
        actions.verify_device(device, ORIGIN, realm.hall_code)
    assert DeviceToken.objects.filter(realm=realm, is_verified=True).count() == 4


@pytest.mark.parametrize("with_code", [False, True])
def test_of_ten_thousand_tokens_no_more_than_the_budget_count(realm: Realm, with_code: bool) -> None:  # noqa: FBT001
    code = realm.hall_code if with_code else ""
    with_budget(realm, 200)
    share = 200 if with_code else 150
    assert counting(realm, ORIGIN, code, phones=300) == share
    rows = [  # what the 301st and all after it get, too
        DeviceToken(
            realm=realm,
            digest=tokens.digest(str(number)),
            is_verified=False,
            with_hall_code=code,
            origin=ORIGIN,
            minted_at=timezone.now(),
        )
        for number in range(9_690)
    ]
    DeviceToken.objects.bulk_create(rows)
    assert counting(realm, ORIGIN, code, phones=10) == 0
    assert DeviceToken.objects.filter(realm=realm, is_verified=True).count() == share
    house = minting.figures(realm)
    assert (house.devices, house.unverified, house.recent, house.is_jump) == (10_000, 10_000 - share, 10_000, True)


def test_a_wrong_hall_code_is_refused_and_mints_nothing(realm: Realm) -> None:
    before = DeviceToken.objects.count()
    with pytest.raises(Invalid) as refusal:
        actions.mint_device(realm, ORIGIN, "nüll")
    assert refusal.value.kind == "wrong-hall-code"
    assert "hall_code" in refusal.value.errors
    assert DeviceToken.objects.count() == before


def test_after_thirty_wrong_codes_even_the_right_one_has_to_wait(realm: Realm) -> None:
    realm.minting_budget = 100
    realm.save()
    wrong_tries(realm, TRIES)
    with pytest.raises(TooMany):
        actions.mint_device(realm, ORIGIN, realm.hall_code)
    assert actions.mint_device(realm, "another address", realm.hall_code)[0].is_verified


def test_wrong_tries_are_forgotten_after_ten_minutes(realm: Realm) -> None:
    wrong_tries(realm, TRIES, ago=timedelta(minutes=11))
    assert actions.mint_device(realm, ORIGIN, realm.hall_code)[0].is_verified


def test_a_device_counts_once_it_has_learned_the_code(realm: Realm) -> None:
    realm.needs_hall_code = True
    realm.save()
    device, _secret = actions.mint_device(realm, ORIGIN)
    assert not device.is_verified
    actions.verify_device(device, ORIGIN, realm.hall_code)
    device.refresh_from_db()
    assert device.is_verified


def test_a_revoked_device_opens_nothing(town: Town) -> None:
    actions.revoke_device(town.device("Aylin"))
    assert town.device("Aylin").pk not in DeviceToken.objects.live().values_list("pk", flat=True)


def test_an_address_has_one_account_whatever_its_case(town: Town) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.add_person("MARA@Musterstadt.example", "Mara", None)
    assert refusal.value.kind == "account-exists"


def test_a_new_role_replaces_the_old_one_and_ends_open_streams(town: Town) -> None:
    before = Person.objects.get(pk=town.mara.pk).rights_version
    actions.grant(town.mara, town.event.realm, RoleKind.HELPER)
    assert list(Role.objects.filter(person=town.mara).values_list("kind", flat=True)) == ["helper"]
    assert Person.objects.get(pk=town.mara.pk).rights_version == before + 1


def test_a_withdrawn_role_is_gone_and_ends_open_streams(town: Town) -> None:
    before = Person.objects.get(pk=town.mara.pk).rights_version
    actions.withdraw_role(town.mara, town.event.realm)
    assert not Role.objects.filter(person=town.mara).exists()
    assert Person.objects.get(pk=town.mara.pk).rights_version == before + 1


def test_a_role_at_one_event_is_none_at_another(town: Town, neighbours: Town) -> None:
    actions.withdraw_role(town.mara, neighbours.event.realm)
    assert Role.objects.filter(person=town.mara, realm=town.event.realm).exists()


def test_a_programs_token_works_until_it_is_revoked(realm: Realm) -> None:
    token, secret = actions.make_api_token(realm, "Beamer", RoleKind.HELPER, None)
    assert secret.startswith(tokens.CREW)
    assert ApiToken.objects.live().get(digest=tokens.digest(secret)) == token
    actions.revoke_api_token(token)
    assert not ApiToken.objects.live().filter(digest=tokens.digest(secret)).exists()


def test_a_new_password_and_a_lost_second_step_end_open_streams(town: Town) -> None:
    before = Person.objects.get(pk=town.mara.pk).rights_version
    actions.change_password(town.mara, "noch besser gehütet")
    actions.forget_second_step(town.mara)
    mara = Person.objects.get(pk=town.mara.pk)
    assert mara.check_password("noch besser gehütet")
    assert not Authenticator.objects.filter(user=mara).exists()
    assert mara.rights_version == before + 2
