//! Carries lone surrogates, which Python's texts may hold and UTF-8 may not, through Rust's texts.
//!
//! boto3 finds them only when it encodes: a header that is never signed may hold one, and an
//! error message shows it. So each is replaced by a stand-in, a character at the end of the last
//! private plane, and put back where a text leaves for Python.

use crate::error::Error;

/// Added to a surrogate, this makes its stand-in: U+D800 becomes U+10D800.
const OFFSET: u32 = 0x10_0000;

/// The character of a code point; for a surrogate, its stand-in.
#[must_use]
pub fn character(code_point: u32) -> char {
    char::from_u32(code_point)
        .or_else(|| char::from_u32(code_point + OFFSET))
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The code point of a character; for a stand-in, its surrogate.
#[must_use]
pub fn code_point(character: char) -> u32 {
    match u32::from(character) {
        stand_in @ 0x10_D800..=0x10_DFFF => stand_in - OFFSET,
        plain => plain,
    }
}

/// Whether `text` holds a stand-in.
#[must_use]
pub fn is_in(text: &str) -> bool {
    // The first byte of the last planes, which hardly any text has.
    text.as_bytes().contains(&0xf4) && text.chars().any(|c| code_point(c) != u32::from(c))
}

/// Refuses a text that Python could not encode.
///
/// # Errors
/// [`Error::LoneSurrogate`] with the text.
pub fn refuse(text: &str) -> Result<(), Error> {
    if is_in(text) {
        return Err(Error::LoneSurrogate(text.to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_point_comes_back_from_its_character() {
        for point in [
            0x41, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0x1_f600, 0x10_d7ff,
        ] {
            assert_eq!(code_point(character(point)), point);
        }
    }

    #[test]
    fn a_stand_in_is_found_among_other_characters_and_plain_text_is_not_refused() {
        assert!(is_in(&format!("a{}b", character(0xd800))));
        assert!(refuse("a\u{10ffff}b é").is_ok());
    }
}
