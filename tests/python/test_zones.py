# SPDX-License-Identifier: BSL-1.0
"""Every zone that Python knows, held against zoneinfo."""

from __future__ import annotations

import datetime as dt
import pickle
import random
import zoneinfo

import numpy as np
import pytest

from plaint import GapPolicy, OverlapPolicy, WallKind, Zone
from plaint._core.errors import PolicyError

UTC = dt.timezone.utc
NAMES = sorted(zoneinfo.available_timezones())
START, END = dt.datetime(1900, 1, 1, tzinfo=UTC), dt.datetime(2100, 1, 1, tzinfo=UTC)
INSTANTS = 2_000
FAR = 50
# Wall times around a change, in seconds; a change moves the wall by up to a day.
AROUND = np.array([-90_000, -7_200, -3_601, -3_600, -1_800, -1, 0, 1, 900, 1_800, 3_599, 3_600, 7_200, 86_400], "m8[s]")


def microseconds(offsets: list[dt.timedelta | None]) -> np.ndarray:
    return np.array(offsets, "m8[us]")


def random_instants(chance: random.Random, zone: Zone) -> np.ndarray:
    ordinary = [chance.randrange(int(START.timestamp()), int(END.timestamp())) for _ in range(INSTANTS)]
    far = [chance.randrange(int(END.timestamp()), 253_370_764_800) for _ in range(FAR)]
    changes = zone.changes(START, END)
    return np.concatenate([np.array(ordinary + far, "M8[s]"), changes, changes - np.timedelta64(1, "us")]).astype(
        "M8[us]"
    )


def wall_times(zone: Zone) -> np.ndarray:
    changes = zone.changes(START, END)
    return (zone.to_wall_many(changes)[:, None] + AROUND[None, :]).ravel()


def test_every_zone_agrees_with_zoneinfo_on_three_million_times() -> None:
    chance = random.Random(20261124)
    compared = 0
    for name in NAMES:
        ours, theirs = Zone(name), zoneinfo.ZoneInfo(name)

        instants = random_instants(chance, ours)
        local = [theirs.fromutc(t.replace(tzinfo=theirs)) for t in instants.tolist()]
        offsets = microseconds([t.utcoffset() for t in local])
        np.testing.assert_array_equal(ours.offset_at_many(instants), offsets, err_msg=f"{name}: offsets")
        np.testing.assert_array_equal(ours.to_wall_many(instants), instants + offsets, err_msg=f"{name}: walls")
        compared += len(instants)

        walls = wall_times(ours)
        naive = walls.tolist()
        before = microseconds([theirs.utcoffset(t) for t in naive])
        after = microseconds([theirs.utcoffset(t.replace(fold=1)) for t in naive])
        kinds, first, second, jump = ours.lookup_many(walls)
        np.testing.assert_array_equal(first, walls - before, err_msg=f"{name}: first")
        np.testing.assert_array_equal(second, walls - after, err_msg=f"{name}: second")
        # In a gap the offset before is the smaller one, in an overlap the greater one.
        expected = np.where(before < after, 1, np.where(before > after, 2, 0))
        np.testing.assert_array_equal(kinds, expected, err_msg=f"{name}: kinds")
        changed = jump[kinds != 0]
        assert bool(np.isin(changed, ours.changes(START, END + dt.timedelta(days=400))).all()), f"{name}: jumps"
        np.testing.assert_array_equal(
            ours.to_instant_many(walls, gap="shift", overlap="first"), first, err_msg=f"{name}: shift, first"
        )
        compared += 2 * len(walls)
    assert compared >= 3_000_000


@pytest.mark.parametrize("name", ["Europe/London", "Africa/Casablanca", "Pacific/Apia", "Europe/Dublin", "UTC"])
def test_names_and_daylight_flags_are_those_of_zoneinfo(name: str) -> None:
    ours, theirs = Zone(name), zoneinfo.ZoneInfo(name)
    for year in range(1901, 2100, 3):
        for month in (1, 4, 7, 10):
            t = dt.datetime(year, month, 15, 12, tzinfo=UTC)
            info, local = ours.info_at(t), t.astimezone(theirs)
            assert (info.abbreviation, info.offset) == (local.tzname(), local.utcoffset())
            assert info.start is None or info.start <= t
            assert info.end is None or t < info.end


def test_a_change_is_where_zoneinfo_changes() -> None:
    london = Zone("Europe/London")
    found = london.changes(dt.datetime(2026, 1, 1, tzinfo=UTC), dt.datetime(2027, 1, 1, tzinfo=UTC))
    assert found.tolist() == [dt.datetime(2026, 3, 29, 1), dt.datetime(2026, 10, 25, 1)]
    assert found.dtype == "M8[us]"


def test_the_hour_that_london_skips_on_29_march_2026() -> None:
    london, wall = Zone("Europe/London"), dt.datetime(2026, 3, 29, 1, 30)
    assert london.lookup(wall).kind is WallKind.SKIPPED
    assert london.lookup(wall).jump == dt.datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert london.to_instant(wall) == dt.datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert london.to_instant(wall, gap="shift") == dt.datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert london.to_instant(wall, gap=GapPolicy.REFUSE) is None
    assert np.isnat(london.to_instant_many(np.array([wall, "NaT"], "M8[us]"), gap="refuse")).all()


def test_the_hour_that_london_repeats_on_25_october_2026() -> None:
    london, wall = Zone("Europe/London"), dt.datetime(2026, 10, 25, 1, 30)
    found = london.lookup(wall)
    assert found.kind is WallKind.REPEATED
    assert found.first == dt.datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert found.second == london.to_instant(wall, overlap="last") == dt.datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert london.to_instant(wall, overlap=OverlapPolicy.REFUSE) is None


def test_nat_stays_nat() -> None:
    london, nat = Zone("Europe/London"), np.array(["NaT"], "M8[us]")
    assert np.isnat(london.offset_at_many(nat)[0])
    assert np.isnat(london.to_wall_many(nat)[0])
    kinds, first, second, jump = london.lookup_many(nat)
    assert kinds.tolist() == [-1]
    assert np.isnat([first[0], second[0], jump[0]]).all()


def test_columns_of_other_units_and_shapes() -> None:
    london = Zone("Europe/London")
    days = np.arange("2026-01-01", "2027-01-01", dtype="M8[D]")
    assert london.offset_at_many(days[::7]).tolist() == london.offset_at_many(days.astype("M8[us]"))[::7].tolist()
    assert london.offset_at_many(days[:0]).shape == (0,)
    with pytest.raises(ValueError, match="one dimension"):
        london.offset_at_many(days[:4].reshape(2, 2))


def test_an_unknown_zone_is_refused_with_a_near_name() -> None:
    with pytest.raises(PolicyError, match="Europe/London") as refused:
        Zone("Europe/Londno")
    (finding,) = refused.value.findings
    assert (finding.code, finding.suggestion) == ("unknown-zone", "Europe/London")
    for name in ("", "../passwd", "/etc/passwd", "Europe", "zone.tab", "a\0b", "Zürich"):
        with pytest.raises(PolicyError):
            Zone(name)


def test_a_file_that_is_no_zone_is_refused() -> None:
    with pytest.raises(PolicyError, match="TZif header required"):
        Zone.from_tzif("Some/Where", b"TZ")
    with pytest.raises(PolicyError, match="offset"):
        Zone.fixed(dt.timedelta(hours=30))
    with pytest.raises(PolicyError):
        Zone.from_rule("GMT0BST")


@pytest.mark.parametrize(
    "zone",
    [
        Zone("Europe/London"),
        Zone.utc(),
        Zone.fixed(dt.timedelta(hours=5, minutes=30)),
        Zone.from_rule("EST5"),
        Zone.from_rule("EST5EDT,M3.2.0,M11.1.0"),
    ],
    ids=str,
)
def test_a_zone_comes_back_from_a_pickle(zone: Zone) -> None:
    back = pickle.loads(pickle.dumps(zone))
    assert back == zone
    assert hash(back) == hash(zone)
    assert (back.name, back.digest, back.data) == (zone.name, zone.digest, zone.data)
    assert back != Zone("Asia/Tokyo")
    assert repr(zone) == f"Zone({zone.name!r})"


def test_without_folders_the_package_tzdata_gives_the_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    london = Zone("Europe/London")
    assert london.offset_at(dt.datetime(2026, 7, 1, tzinfo=UTC)) == dt.timedelta(hours=1)
    with pytest.raises(PolicyError):
        Zone("Mars/Olympus")
