//! Turns bytes into SHA-256 digests and HMACs.

use sha2::block_api::compress256;

use super::block_hash::{Block, BlockHash, digest, finish, to_bytes};
use super::hmac::Hmac;

/// SHA-256, as what the states of digests and HMACs are of.
pub struct Sha256;

/// An HMAC-SHA256 that has read its key, and perhaps the start of a message.
pub type HmacSha256 = Hmac<Sha256>;

/// How many messages `lanes.rs` hashes side by side.
pub(crate) const LANES: usize = 4;

/// The state of a digest between two blocks.
pub(crate) type State = [u32; 8];

/// The state before the first block: the first 32 bits of the fractional parts of the square
/// roots of the first eight primes.
pub(crate) const START: State = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

impl BlockHash for Sha256 {
    type State = State;
    type Digest = [u8; 32];
    const START: State = START;
    const LENGTH: usize = 32;

    #[inline]
    fn compress(state: &mut State, blocks: &[Block]) {
        compress256(state, blocks);
    }
}

/// SHA-256 of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    digest::<Sha256>(bytes)
}

/// SHA-256 of `start` with `end` behind it, most of which is hashed where it lies.
#[must_use]
#[inline]
pub fn sha256_of_two(start: &[u8], end: &[u8]) -> [u8; 32] {
    to_bytes::<Sha256>(&finish::<Sha256>(START, start.len(), start, end))
}

/// HMAC-SHA256 of `message` under `key`.
#[must_use]
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    HmacSha256::new(key).finish(message)
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use sha2::{Digest as _, Sha256};

    use super::*;

    fn message() -> Vec<u8> {
        (0..=255).cycle().take(400).collect()
    }

    /// The referee is the crate's own padding and chaining.
    #[test]
    fn digests_of_every_length_and_alignment_are_those_of_the_referee() {
        let message = message();
        for start in 0..9 {
            for end in start..message.len() {
                let part = &message[start..end];
                let expected = Sha256::digest(part);
                assert_eq!(sha256(part)[..], expected[..], "{start}..{end}");
                let (first, second) = part.split_at(part.len() * start / 9);
                let of_two = sha256_of_two(first, second);
                assert_eq!(of_two[..], expected[..], "{start}..{end}");
            }
        }
    }

    #[test]
    fn codes_of_every_length_in_every_two_parts_are_those_of_the_referee() {
        let message = message();
        for length in 0..=200 {
            let whole = &message[..length];
            for key in [&message[..0], &message[7..39], &message[..64], &message[..65]] {
                let referee = Hmac::<Sha256>::new_from_slice(key).expect("any key");
                let expected = referee.chain_update(whole).finalize().into_bytes();
                for split in 0..=length {
                    let mut mac = HmacSha256::new(key);
                    mac.update(&whole[..split / 2]);
                    mac.update(&whole[split / 2..split]);
                    let code = mac.finish(&whole[split..]);
                    assert_eq!(code[..], expected[..], "{length}, split at {split}");
                    if let Some(end) = whole[split..].as_array() {
                        let code = mac.finish_digits(end);
                        assert_eq!(code[..], expected[..], "{length}, split at {split}");
                    }
                }
            }
        }
    }
}
