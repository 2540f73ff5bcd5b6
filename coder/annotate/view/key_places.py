"""Where a key lies: the sign that a US keyboard has at the place of a key that was pressed.

Qt tells the key's native code; what it counts differs: X11 and Wayland give evdev's code plus 8, Windows the scan
code of set 1, which is the same count for these keys, and macOS a virtual key that stands for a place.
"""

from PyQt6.QtGui import QKeyEvent

_ROWS = {2: "1234567890-=", 16: "QWERTYUIOP[]", 30: "ASDFGHJKL;'`", 43: "\\ZXCVBNM,./"}
SET_1 = {start + n: sign for start, row in _ROWS.items() for n, sign in enumerate(row)}
EVDEV_OFFSET = 8
# Apple's places 0 to 50 in their order; "·" is no sign, "§" lies beside the 1 of some keyboards.
_APPLE = "ASDFHGZXCV§BQWERYT123465=97-80]OU[IP·LJ'K;\\,/NM.··`"
MAC = {place: sign for place, sign in enumerate(_APPLE) if sign not in "·§"}


def us_sign(event: QKeyEvent, platform: str) -> str:
    """The letter (upper case), digit or sign of a US keyboard at this place; "" for any other key.

    platform: as `QGuiApplication.platformName` says it.
    """
    if platform == "cocoa":
        return MAC.get(event.nativeVirtualKey(), "")
    if platform == "windows":
        return SET_1.get(event.nativeScanCode(), "")
    return SET_1.get(event.nativeScanCode() - EVDEV_OFFSET, "")
