"""`/v1/opd`, `/v1/units`, `/v1/regions`: who there is, and how often each was in the news these seven days."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request

from search.api import described
from search.api.gateway import Gateway, gateway_of, raw_parameters
from search.api.models import OpdOut, RegionsOut, UnitsOut
from search.domain.asking import check_known
from search.domain.filters import Filters, Sort, unknown
from search.domain.problems import InvalidRequestError

router = APIRouter(tags=["directory"])

Here = Annotated[Gateway, Depends(gateway_of)]
WEEK = timedelta(days=7)


def week_counts(gateway: Gateway, field: str) -> dict[str, int]:
    """Return the number of articles of the last seven days per id."""
    filters = Filters(since=gateway.clock.now() - WEEK)
    found = gateway.library.find(filters, Sort.NEWEST, 1, (field,), None)
    return dict(found.facets[field])


def _checked(name: str, value: str | None, allowed: tuple[str, ...]) -> str | None:
    if not value:
        return None
    if value not in allowed:
        raise InvalidRequestError(unknown(name, value, allowed))
    return value


@router.get("/v1/opd", **described.OPD)
def opd(request: Request, gateway: Here) -> OpdOut:
    """List the 51 agencies of the province."""
    check_known(raw_parameters(request), ())
    counts = week_counts(gateway, "opd")
    items = [
        {
            "id": row.id,
            "name": row.name,
            "label": gateway.vocabulary.opd[row.id],
            "type": row.type,
            "abbreviations": list(row.abbreviations),
            "parent": row.parent,
            "articles_7d": counts.get(row.id, 0),
        }
        for row in gateway.gazetteer.opd_by_id.values()
    ]
    return OpdOut.model_validate(_listed(items))


@router.get("/v1/units", **described.UNITS)
def units(
    request: Request,
    gateway: Here,
    opd: Annotated[
        str | None, Query(description="Hanya unit OPD ini", openapi_examples={"e0": {"value": "dindik"}})
    ] = None,
    level: Annotated[
        str | None,
        Query(
            description="Pemilik unit: province, kabupaten, kota, central, atau private",
            openapi_examples={"e0": {"value": "province"}},
        ),
    ] = None,
) -> UnitsOut:
    """List hospitals, branch offices and other units; those that are not the province's have another level."""
    check_known(raw_parameters(request), ("opd", "level"))
    rows = gateway.gazetteer.units
    opd = _checked("opd", opd, tuple(gateway.vocabulary.opd))
    level = _checked("level", level, tuple(sorted({row.level for row in rows})))
    counts = week_counts(gateway, "unit")
    items = [
        {
            "id": row.id,
            "name": row.name,
            "label": row.name,
            "kind": row.kind,
            "level": row.level,
            "opd": gateway.vocabulary.unit_opd[row.id],
            "regions": list(row.region_ids),
            "articles_7d": counts.get(row.id, 0),
        }
        for row in rows
        if opd in (None, gateway.vocabulary.unit_opd[row.id]) and level in (None, row.level)
    ]
    return UnitsOut.model_validate(_listed(items))


@router.get("/v1/regions", **described.REGIONS)
def regions(
    request: Request,
    gateway: Here,
    bakorwil: Annotated[
        str | None,
        Query(description="Hanya wilayah Bakorwil ini", openapi_examples={"e0": {"value": "bakorwil-jember"}}),
    ] = None,
) -> RegionsOut:
    """List the 38 kabupaten and kota with their Bakorwil."""
    check_known(raw_parameters(request), ("bakorwil",))
    bakorwil = _checked("bakorwil", bakorwil, tuple(gateway.vocabulary.bakorwil))
    counts = week_counts(gateway, "region")
    items = [
        {
            "id": row.id,
            "name": row.name,
            "label": row.name,
            "type": row.type,
            "bakorwil": row.bakorwil_id,
            "lat": row.lat,
            "lon": row.lon,
            "articles_7d": counts.get(row.id, 0),
        }
        for row in gateway.gazetteer.regions
        if bakorwil in (None, row.bakorwil_id)
    ]
    return RegionsOut.model_validate(_listed(items))


def _listed(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {"total": len(items), "items": items}
