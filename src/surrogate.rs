//! Carries lone surrogates through Rust's strings: Python's strings may contain them, UTF-8 may not.
//!
//! boto3 finds them only when it encodes, and shows them in error messages. So each is written as a
//! mark and a character that stands for it, and restored where a string goes back to Python. The
//! mark is the last code point but one, which hardly any string has; where one has it, it is doubled.

use crate::error::Error;

const MARK: char = '\u{10fffe}';

/// Added to a surrogate, this makes the character that stands for it: U+D800 becomes U+10D800.
const OFFSET: u32 = 0x10_0000;

/// The string of these code points.
#[must_use]
pub fn carry(code_points: impl IntoIterator<Item = u32>) -> String {
    let mut string = String::new();
    for point in code_points {
        match char::from_u32(point) {
            Some(MARK) => string.extend([MARK, MARK]),
            Some(character) => string.push(character),
            None => {
                string.push(MARK);
                string.extend(char::from_u32(point + OFFSET));
            }
        }
    }
    string
}

/// The code points of a string that [`carry`] made.
pub fn restore(string: &str) -> impl Iterator<Item = u32> {
    let mut characters = string.chars();
    std::iter::from_fn(move || match characters.next()? {
        MARK => characters.next().map(code_point),
        character => Some(u32::from(character)),
    })
}

/// Whether [`restore`] would change this string.
#[must_use]
pub fn is_marked(string: &str) -> bool {
    // Hardly any string has the first byte of the mark.
    string.as_bytes().contains(&0xf4) && string.contains(MARK)
}

/// Refuses a string that holds lone surrogates, as Python refuses to encode it.
///
/// # Errors
/// [`Error::LoneSurrogate`] with the string.
pub fn refuse(string: &str) -> Result<(), Error> {
    if !is_marked(string) {
        return Ok(());
    }
    let mut rest = string;
    while let Some((_, after)) = rest.split_once(MARK) {
        let mut characters = after.chars();
        if characters
            .next()
            .is_some_and(|c| c != MARK && code_point(c) != u32::from(c))
        {
            return Err(Error::LoneSurrogate(string.to_owned()));
        }
        rest = characters.as_str();
    }
    Ok(())
}

fn code_point(character: char) -> u32 {
    match u32::from(character) {
        stand_in @ 0x10_d800..=0x10_dfff => stand_in - OFFSET,
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_string_comes_back_as_it_was() {
        for points in [
            vec![0x41, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0x1_f600],
            vec![0x10_d800, 0x10_dfff, 0x10_ffff],
            vec![0x10_fffe, 0x10_d800, 0x10_fffe, 0x10_fffe, 0xd800],
        ] {
            let string = carry(points.iter().copied());
            assert_eq!(restore(&string).collect::<Vec<_>>(), points);
        }
    }

    #[test]
    fn a_string_with_a_surrogate_is_refused_and_any_other_is_not() {
        let refused = |points: &[u32]| refuse(&carry(points.iter().copied())).is_err();
        assert!(refused(&[0x61, 0xd800]));
        assert!(refused(&[0x10_fffe, 0xdfff]));
        assert!(!refused(&[0x10_fffe, 0x10_d800]));
        assert!(!refused(&[0x10_d800, 0x10_ffff, 0xe9]));
    }
}
