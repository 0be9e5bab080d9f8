//! Says whether a string is a host label or an IPv4 address, as Python's regular expressions see it.

/// The first of each run of ten characters that `\d` matches (Unicode 14, as in Python 3.11);
/// the mathematical digits are five runs on end.
const DECIMAL_ZEROS: [u32; 66] = [
    0x0030, 0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
    0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50,
    0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950,
    0x1FBF0,
];

/// Whether `\d` matches: the decimal digits of every script.
#[must_use]
pub fn is_decimal_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    let code = u32::from(c);
    let runs = DECIMAL_ZEROS.partition_point(|&zero| zero <= code);
    DECIMAL_ZEROS[..runs].last().is_some_and(|zero| code - zero < 10)
}

/// Whether `label` is 1 to 63 letters `A-Za-z`, digits of any script or inner hyphens.
///
/// One newline may follow: botocore's pattern ends in `$`, which allows it.
#[must_use]
pub fn is_host_label(label: &str) -> bool {
    let label = without_final_newline(label);
    is_label(label, |c| c.is_ascii_alphabetic())
}

/// [`is_host_label`] by the pattern that judges whole hosts: it ignores case, and then Python
/// lets `ı` and `ſ` pass for letters.
pub(super) fn is_caseless_host_label(label: &str) -> bool {
    is_label(label, |c| c.is_ascii_alphabetic() || matches!(c, '\u{131}' | '\u{17f}'))
}

/// Whether `string` is four groups of one to three digits: `999.1.2.3` is, and one newline may follow.
#[must_use]
pub fn is_ipv4(string: &str) -> bool {
    let mut groups = 0;
    let all_short = without_final_newline(string).split('.').all(|group| {
        groups += 1;
        matches!(group.len(), 1..=3) && group.bytes().all(|byte| byte.is_ascii_digit())
    });
    all_short && groups == 4
}

fn is_label(label: &str, is_letter: impl Fn(char) -> bool) -> bool {
    !label.starts_with('-')
        && !label.ends_with('-')
        && matches!(label.chars().count(), 1..=63)
        && label.chars().all(|c| is_letter(c) || c == '-' || is_decimal_digit(c))
}

fn without_final_newline(string: &str) -> &str {
    string.strip_suffix('\n').unwrap_or(string)
}
