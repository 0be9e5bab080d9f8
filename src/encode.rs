//! Percent-encodes strings, in the two alphabets that AWS uses, and decodes them.
//!
//! Nothing is normalised, and a string is taken as not encoded yet: `%41` becomes `%2541`. A space
//! becomes `%20`, never `+`.

use std::borrow::Cow;

use smallvec::SmallVec;

/// Appends `string` with every byte of its UTF-8 as `%XX`, except `A-Z a-z 0-9 - . _ ~`.
///
/// This is the alphabet of query names, query values and every path label except an object key.
#[inline]
pub fn append_label(out: &mut String, string: &str) {
    append(out, string, Alphabet::Label);
}

/// Appends `string` as [`append_label`] does, but keeps `/`: the alphabet of an object key.
#[inline]
pub fn append_path(out: &mut String, string: &str) {
    append(out, string, Alphabet::Path);
}

/// Whether [`append_label`] appends `string` as it is.
#[must_use]
pub fn keeps_label(string: &str) -> bool {
    keeps_all(string.as_bytes(), Alphabet::Label)
}

/// `string` as [`append_label`] appends it; borrowed where nothing needs an escape.
#[must_use]
pub fn label(string: &str) -> Cow<'_, str> {
    if keeps_label(string) {
        return Cow::Borrowed(string);
    }
    let mut out = String::new();
    append_label(&mut out, string);
    Cow::Owned(out)
}

/// A whole number in decimal digits, on the stack.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    digits: [u8; 20],
    start: usize,
}

/// Appends a whole number in decimal digits.
pub fn append_integer(out: &mut String, number: i64) {
    if number < 0 {
        out.push('-');
    }
    let Decimal { digits, start } = Decimal::new(number.unsigned_abs());
    for &digit in &digits[start..] {
        out.push(char::from(digit));
    }
}

impl Decimal {
    /// The digits of `number`.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a digit is below 10")]
    pub fn new(mut number: u64) -> Self {
        let mut digits = [b'0'; 20];
        let mut start = digits.len() - 1;
        while number >= 10 {
            digits[start] += (number % 10) as u8;
            number /= 10;
            start -= 1;
        }
        digits[start] += number as u8;
        Self { digits, start }
    }

    /// The digits as a string: `3600`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.digits[self.start..]).unwrap_or_default()
    }
}

/// Turns every `%XX` of `string` back into its byte, as Python's `urllib.parse.unquote` does.
///
/// A `%` without two hexadecimal digits behind it stays, `+` stays, and bytes that are not UTF-8
/// become U+FFFD.
#[must_use]
pub fn decode(string: &str) -> Cow<'_, str> {
    match decoded_bytes(string) {
        None => Cow::Borrowed(string),
        Some(decoded) => Cow::Owned(String::from_utf8_lossy(&decoded).into_owned()),
    }
}

/// The bytes of [`decode`], for strings of ordinary length without asking the allocator; `None` if
/// nothing is escaped.
pub(crate) fn decoded_bytes(string: &str) -> Option<SmallVec<[u8; USUAL_LENGTH]>> {
    if !string.contains('%') {
        return None;
    }
    let bytes = string.as_bytes();
    let mut decoded = SmallVec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = match bytes.get(at..at + 3) {
            Some([b'%', high, low]) => nibble(*high).zip(nibble(*low)),
            _ => None,
        };
        if let Some((high, low)) = escaped {
            decoded.push(high << 4 | low);
            at += 3;
        } else {
            decoded.push(byte);
            at += 1;
        }
    }
    Some(decoded)
}

/// More bytes than most decoded values have.
const USUAL_LENGTH: usize = 128;

fn append(out: &mut String, string: &str, alphabet: Alphabet) {
    if keeps_all(string.as_bytes(), alphabet) {
        out.push_str(string);
        return;
    }
    let table = match alphabet {
        Alphabet::Label => &LABELS,
        Alphabet::Path => &PATHS,
    };
    // A run of bytes at a time, without a branch: three bytes are copied in any case.
    let mut written = [0; 3 * RUN];
    for run in string.as_bytes().chunks(RUN) {
        let mut filled = 0;
        for &byte in run {
            let [first, second, third, length] = table[usize::from(byte)];
            written[filled..filled + 3].copy_from_slice(&[first, second, third]);
            filled += usize::from(length);
        }
        // All of it is ASCII.
        out.push_str(str::from_utf8(&written[..filled]).unwrap_or_default());
    }
}

/// How many bytes are encoded at a time.
const RUN: usize = 64;

/// Whether nothing needs an escape, as in most strings.
#[expect(clippy::needless_bitwise_bool, reason = "as `every` wants it")]
fn keeps_all(bytes: &[u8], alphabet: Alphabet) -> bool {
    let refused = match alphabet {
        Alphabet::Label => b'/',
        // Refused anyway.
        Alphabet::Path => b'%',
    };
    every(bytes, |byte| {
        let is_letter = (byte | 0x20).wrapping_sub(b'a') < 26;
        // The hyphen, the dot, the slash and the digits follow each other.
        let is_near_digit = byte.wrapping_sub(b'-') <= b'9' - b'-';
        (is_letter | is_near_digit | (byte == b'_') | (byte == b'~')) & (byte != refused)
    })
}

/// Whether all bytes pass a test that has no branch and no table: a chunk of them is then
/// compiled to a few vector instructions.
pub(crate) fn every(bytes: &[u8], test: impl Fn(u8) -> bool) -> bool {
    fn all<const N: usize>(chunk: &[u8; N], test: impl Fn(u8) -> bool) -> bool {
        chunk.iter().fold(true, |all, &byte| all & test(byte))
    }
    // The bytes behind the last whole chunk are among the last bytes; some are then tested twice.
    if let Some(last) = bytes.last_chunk::<16>() {
        let (chunks, _) = bytes.as_chunks::<16>();
        return chunks.iter().all(|chunk| all(chunk, &test)) && all(last, &test);
    }
    match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => all(first, &test) && all(last, &test),
        _ => bytes.iter().all(|&byte| test(byte)),
    }
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

/// Which bytes stay as they are, besides the unreserved ones.
#[derive(Clone, Copy)]
enum Alphabet {
    /// None.
    Label,
    /// The slash.
    Path,
}

/// What each byte is written as, in as many bytes as the last one says.
type Escapes = [[u8; 4]; 256];

static LABELS: Escapes = escapes(Alphabet::Label);
static PATHS: Escapes = escapes(Alphabet::Path);

const fn escapes(alphabet: Alphabet) -> Escapes {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut escapes = [[0; 4]; 256];
    let mut byte = 0_u8;
    loop {
        let is_mark = matches!(byte, b'-' | b'.' | b'_' | b'~');
        let is_kept = byte.is_ascii_alphanumeric() || is_mark || (byte == b'/' && matches!(alphabet, Alphabet::Path));
        escapes[byte as usize] = if is_kept {
            [byte, 0, 0, 1]
        } else {
            let (high, low) = (byte >> 4, byte & 15);
            [b'%', DIGITS[high as usize], DIGITS[low as usize], 3]
        };
        if byte == u8::MAX {
            return escapes;
        }
        byte += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(string: &str) -> String {
        let mut out = String::new();
        append_label(&mut out, string);
        out
    }

    fn path(string: &str) -> String {
        let mut out = String::new();
        append_path(&mut out, string);
        out
    }

    #[test]
    fn numbers_are_written_as_they_are_printed() {
        for number in [0, 1, 9, 10, 3600, 604_800, u64::MAX] {
            assert_eq!(Decimal::new(number).as_str(), number.to_string());
        }
        for number in [0, -1, 42, i64::MIN, i64::MAX] {
            let mut out = String::new();
            append_integer(&mut out, number);
            assert_eq!(out, number.to_string());
        }
    }

    #[test]
    fn a_string_of_any_length_is_kept_up_to_any_escape() {
        for length in 0..40 {
            let run = "k".repeat(length);
            for (character, escape) in [("/", "%2F"), ("é", "%C3%A9"), (" ", "%20")] {
                let string = [&run, character, &run].concat();
                assert_eq!(label(&string), [&run, escape, &run].concat());
            }
            assert_eq!(path(&[&run, "/", &run].concat()), [&run, "/", &run].concat());
        }
    }

    #[test]
    fn space_becomes_percent_20_and_never_plus() {
        assert_eq!(label("a b+c"), "a%20b%2Bc");
    }

    #[test]
    fn the_unreserved_characters_stay() {
        let unreserved = "ABCXYZabcxyz0189-._~";
        assert_eq!(label(unreserved), unreserved);
    }

    #[test]
    fn a_slash_stays_in_a_path_and_only_there() {
        assert_eq!(path("//a/./../b/"), "//a/./../b/");
        assert_eq!(label("a/b"), "a%2Fb");
    }

    #[test]
    fn an_escape_is_escaped_again() {
        assert_eq!(path("%41%"), "%2541%25");
    }

    #[test]
    fn a_string_is_encoded_by_its_utf_8_in_upper_case() {
        assert_eq!(label("é€🦀\0\n\u{7f}"), "%C3%A9%E2%82%AC%F0%9F%A6%80%00%0A%7F");
    }

    #[test]
    fn decoding_leaves_what_is_not_an_escape() {
        assert_eq!(decode("a+b%"), "a+b%");
        assert_eq!(decode("%zz%4"), "%zz%4");
        assert_eq!(decode("%c3%A9%2520"), "é%20");
    }

    #[test]
    fn decoding_replaces_what_is_not_utf_8() {
        assert_eq!(decode("a%FFb"), "a\u{fffd}b");
    }
}
