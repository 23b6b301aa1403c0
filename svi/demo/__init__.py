"""Demonstration data of the project's own: invented people in every situation of every rule, brought in as any list is.

`lists` writes the files into `SVI_HOME`, for the business day of the first start, and imports them once; what is
changed by phone or at the console afterwards stays. To begin afresh, or on another `SVI_TODAY`: another `SVI_HOME`.
`population` says who they are, `situations` what the rules say of them, `cast` and `WHO` whom to call as.
"""

from typing import NamedTuple


class Caller(NamedTuple):
    """Somebody to call as: what to key, and what happens."""

    keys: str
    """The figures of the identity card, or a registration number."""
    birth_date: str
    """As it is keyed."""
    mobile: str
    """Where the code goes; empty where none is on file."""
    what_happens: str


WHO = (
    Caller("310477", "12041985", "+212661000301", "registration of a doctor: a code by SMS, then the number"),
    Caller(
        "310691", "05061966", "", "registration of a farmer without a mobile: tax reference 0691, then a new mobile"
    ),
    Caller("320119", "20061981", "+212663000401", "registration: is registered already; her number goes by SMS"),
    Caller("102320119", "20061981", "+212663000401", "identification of a registered self-employed worker"),
    Caller("310704", "1952", "+212667000304", "registration of a craftswoman whose card bears only her year of birth"),
    Caller("310815", "19121993", "+212663000305", "registration of an auto-entrepreneur, without a tax identifier"),
    Caller("311037", "08081982", "", "registration: neither a mobile nor a tax identifier on file: an advisor"),
    Caller(
        "312200", "15051990", "", "registration: two people have these card figures and this birth date: an advisor"
    ),
    Caller("109320886", "08031963", "+212669000408", "identification of an employee"),
    Caller("112321119", "1951", "+212663000411", "identification of a pensioner whose card bears only a year"),
    Caller("113321220", "10101955", "", "identification: no mobile on file: an advisor"),
)
"""Those who register or identify themselves. The first three are shown when everything has started."""
