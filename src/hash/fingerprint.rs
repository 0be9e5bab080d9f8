//! A fast number that tells most strings apart: for caches, which compare the strings too.

/// Mixes words into one number. It is not a secure hash: a caller that chooses the words can make
/// two fingerprints equal.
#[derive(Clone, Copy, Default)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The golden ratio of 2^64, odd: it spreads each step over the upper bits.
    const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

    /// The fingerprint of one string.
    #[must_use]
    pub fn of(string: &str) -> u64 {
        let mut fingerprint = Self::default();
        fingerprint.add_string(string);
        fingerprint.value()
    }

    /// Mixes a word in.
    pub fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(23) ^ word).wrapping_mul(Self::SPREAD);
    }

    /// Mixes a string and its length in.
    pub fn add_string(&mut self, string: &str) {
        let (words, rest) = string.as_bytes().as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let last = rest
            .iter()
            .fold(string.len() as u64, |word, &byte| word << 8 | u64::from(byte));
        self.add(last);
    }

    /// The number of all that was mixed in.
    #[must_use]
    pub fn value(self) -> u64 {
        self.0
    }
}
