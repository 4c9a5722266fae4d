"""What the money of a CIS is kept in."""

from benefits.models.answers import BankBooking, BankStatement, PaidLine
from benefits.models.contributions import ContributionRule
from benefits.models.fund import (
    FundAdvance,
    FundAgreement,
    FundApplication,
    FundBudget,
    FundLine,
    FundReceipt,
)
from benefits.models.health import HealthRegistration, HealthTitle
from benefits.models.ledger import JournalEntry, Posting
from benefits.models.lists import Correction, PayrollList, Recovery, SigningRule, Statement
from benefits.models.pay import Grant, InsuranceTitle, PaySettings, PayWay, TaxStatement
from benefits.models.premium import Premium
from benefits.models.public import PublicPayment, TaxSlip
from benefits.models.supported import SupportedJob, SupportedMonth
from benefits.models.terms import PaymentTerms
from benefits.models.transfers import BankProfile, TransferFile

__all__ = [
    "BankBooking",
    "BankProfile",
    "BankStatement",
    "ContributionRule",
    "Correction",
    "FundAdvance",
    "FundAgreement",
    "FundApplication",
    "FundBudget",
    "FundLine",
    "FundReceipt",
    "Grant",
    "HealthRegistration",
    "HealthTitle",
    "InsuranceTitle",
    "JournalEntry",
    "PaidLine",
    "PaySettings",
    "PayWay",
    "PaymentTerms",
    "PayrollList",
    "Posting",
    "Premium",
    "PublicPayment",
    "Recovery",
    "SigningRule",
    "Statement",
    "TaxSlip",
    "SupportedJob",
    "SupportedMonth",
    "TaxStatement",
    "TransferFile",
]
