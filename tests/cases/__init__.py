"""The shared cases: small inputs from public bug reports, run through the real command line."""

import pytest

pytest.register_assert_rewrite(
    "tests.cases.expect_reading", "tests.cases.expect_graph", "tests.cases.expect_export", "tests.cases.expect_values"
)
