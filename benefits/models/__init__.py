"""What the money of a CIS is kept in."""

from benefits.models.pay import Grant, InsuranceTitle, PaySettings, PayWay, TaxStatement

__all__ = ["Grant", "InsuranceTitle", "PaySettings", "PayWay", "TaxStatement"]
