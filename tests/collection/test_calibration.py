"""The chance of a good match is what it says, on briefs that no curve has seen."""

import pytest

from discovery.matching import Matcher
from discovery.ranking.calibration import ENCODER
from evaluation.judged.assessment import Assessment
from evaluation.judged.calibration import Calibration
from tests.collection.conftest import Hold

pytestmark = pytest.mark.collection

SLOPE_OFF = 0.05
INTERCEPT_OFF = 0.5
"""How far the curve that ships may be from one that is fitted anew."""


@pytest.fixture(scope="module")
def calibration(assessment: Assessment) -> Calibration:
    assert assessment.calibration is not None
    return assessment.calibration


def test_the_error_on_briefs_left_out(calibration: Calibration, hold: Hold) -> None:
    hold("calibration error, briefs left out", calibration.ece)


def test_the_error_of_the_curve_that_ships(calibration: Calibration, hold: Hold) -> None:
    hold("calibration error of the curve that ships", calibration.ece_shipped)


def test_the_curve_that_ships_is_the_one_that_is_fitted(calibration: Calibration) -> None:
    fitted, shipped = calibration.fitted, calibration.shipped
    assert shipped.slope == pytest.approx(fitted.slope, abs=SLOPE_OFF)
    assert shipped.intercept == pytest.approx(fitted.intercept, abs=INTERCEPT_OFF)


def test_it_is_the_curve_of_the_default_encoder(matcher: Matcher) -> None:
    assert matcher.encoder.id == ENCODER
