//! Turns bytes into SHA-256 digests and HMACs, block by block, from states that can be stored.
//!
//! An HMAC is two digests, each of which starts with a block made of the key. The states behind
//! those blocks, and behind the start of a message, are stored, so that they are hashed only once.

use sha2::block_api::compress256;
use zeroize::{Zeroize as _, Zeroizing};

/// The length of a block in bytes.
const BLOCK: usize = 64;

/// A block of a message.
pub(crate) type Block = [u8; BLOCK];

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

/// SHA-256 of `bytes`.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    to_bytes(&finish(START, 0, &[], bytes))
}

/// SHA-256 of `start` with `end` behind it, most of which is hashed where it lies.
#[must_use]
#[inline]
pub fn sha256_of_two(start: &[u8], end: &[u8]) -> [u8; 32] {
    to_bytes(&finish(START, start.len(), start, end))
}

/// How many bytes are missing for a whole block after so many.
#[must_use]
pub const fn up_to_block(length: usize) -> usize {
    length.wrapping_neg() % BLOCK
}

/// HMAC-SHA256 of `message` under `key`.
#[must_use]
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    HmacSha256::new(key).finish(message)
}

/// An HMAC-SHA256 that has read its key, and perhaps the start of a message.
///
/// The states are wiped on drop, as they stand for the key.
#[derive(Clone)]
pub struct HmacSha256 {
    /// The state of the inner digest, behind the key and all whole blocks of the message.
    pub(super) inner: State,
    /// The state of the outer digest, behind the key.
    pub(super) outer: State,
    /// The bytes that the inner digest has seen, the key's block included.
    pub(super) length: usize,
    /// The bytes behind the last whole block.
    rest: [u8; BLOCK],
}

impl HmacSha256 {
    /// Takes in the key.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        let mut block = [0; BLOCK];
        // A key longer than a block is replaced by its digest, a shorter one is padded with zeros.
        if key.len() > BLOCK {
            block[..32].copy_from_slice(&*Zeroizing::new(sha256(key)));
        } else {
            block[..key.len()].copy_from_slice(key);
        }
        let (mut inner, mut outer) = (START, START);
        for (state, pad) in [(&mut inner, 0x36), (&mut outer, 0x5c)] {
            let mut padded = block.map(|byte| byte ^ pad);
            compress256(state, &[padded]);
            padded.zeroize();
        }
        block.zeroize();
        Self {
            inner,
            outer,
            length: BLOCK,
            rest: [0; BLOCK],
        }
    }

    /// Takes in a part of the message.
    pub fn update(&mut self, mut part: &[u8]) {
        let filled = self.length % BLOCK;
        self.length += part.len();
        if filled > 0 {
            let fitting = part.len().min(BLOCK - filled);
            let (start, after) = part.split_at(fitting);
            self.rest[filled..filled + fitting].copy_from_slice(start);
            if filled + fitting < BLOCK {
                return;
            }
            compress256(&mut self.inner, &[self.rest]);
            part = after;
        }
        let (blocks, end) = part.as_chunks();
        compress256(&mut self.inner, blocks);
        self.rest[..end.len()].copy_from_slice(end);
    }

    /// The code of what was taken in, followed by `end`; this value stays as it was.
    #[must_use]
    pub fn finish(&self, end: &[u8]) -> [u8; 32] {
        self.outer_code(&finish(self.inner, self.length, self.pending(), end))
    }

    /// As [`finish`](Self::finish), for an end as long as the digits of a digest.
    #[must_use]
    #[inline]
    pub fn finish_digits(&self, end: &[u8; BLOCK]) -> [u8; 32] {
        let filled = self.length % BLOCK;
        let bits = (self.length + BLOCK) as u64 * 8;
        // What is pending and the end are more than one block, and with the length two or three.
        let mut last = [[0; BLOCK]; 3];
        last[0] = self.rest;
        let bytes = last.as_flattened_mut();
        bytes[filled..filled + BLOCK].copy_from_slice(end);
        bytes[filled + BLOCK] = 0x80;
        let blocks = if filled + 9 <= BLOCK { 2 } else { 3 };
        bytes[blocks * BLOCK - 8..blocks * BLOCK].copy_from_slice(&bits.to_be_bytes());
        let mut inner = self.inner;
        compress256(&mut inner, &last[..blocks]);
        self.outer_code(&inner)
    }

    fn outer_code(&self, inner: &State) -> [u8; 32] {
        let mut last = OUTER_END;
        last[..32].copy_from_slice(&to_bytes(inner));
        let mut outer = self.outer;
        compress256(&mut outer, &[last]);
        to_bytes(&outer)
    }

    /// The bytes that were taken in and are not hashed yet.
    pub(super) fn pending(&self) -> &[u8] {
        &self.rest[..self.length % BLOCK]
    }
}

impl Drop for HmacSha256 {
    fn drop(&mut self) {
        self.inner.zeroize();
        self.outer.zeroize();
        self.rest.zeroize();
    }
}

/// The block that ends an outer digest. The inner digest is still to be put into its first half.
const OUTER_END: [u8; BLOCK] = {
    let mut block = [0; BLOCK];
    block[32] = 0x80;
    let bits = (8 * (BLOCK as u64 + 32)).to_be_bytes();
    [block[BLOCK - 2], block[BLOCK - 1]] = [bits[6], bits[7]];
    block
};

/// The last state of a digest that has seen `length` bytes, of which `pending` are not in `state`
/// yet, behind the last ones, `end`.
fn finish(mut state: State, length: usize, pending: &[u8], mut end: &[u8]) -> State {
    let bits = (length + end.len()) as u64 * 8;
    let (first, pending) = pending.as_chunks();
    // All bytes are put together before anything is hashed: the processor is slow to read bytes
    // that were just written in pieces of another size.
    let mut joint = [0; BLOCK];
    let mut last = [[0; BLOCK]; 2];
    let bytes = last.as_flattened_mut();
    let mut filled = pending.len();
    let mut joints: &[[u8; BLOCK]] = &[];
    if filled > 0 && filled + end.len() > LONGEST_END {
        let (start, after) = end.split_at(BLOCK - filled);
        joint[..filled].copy_from_slice(pending);
        joint[filled..].copy_from_slice(start);
        joints = std::slice::from_ref(&joint);
        (filled, end) = (0, after);
    } else {
        bytes[..filled].copy_from_slice(pending);
    }
    // Whole blocks are hashed without a copy, except one that starts with the pending bytes.
    let mut whole: &[[u8; BLOCK]] = &[];
    if filled == 0 {
        (whole, end) = end.as_chunks();
    }
    bytes[filled..filled + end.len()].copy_from_slice(end);
    filled += end.len();
    // A one and zeros follow the message, and its length in bits ends the last block.
    bytes[filled] = 0x80;
    let blocks = if filled + 9 <= BLOCK { 1 } else { 2 };
    bytes[blocks * BLOCK - 8..blocks * BLOCK].copy_from_slice(&bits.to_be_bytes());
    for blocks in [first, joints, whole] {
        if !blocks.is_empty() {
            compress256(&mut state, blocks);
        }
    }
    compress256(&mut state, &last[..blocks]);
    state
}

/// The most bytes that two last blocks hold beside the end mark and the length.
const LONGEST_END: usize = 2 * BLOCK - 9;

/// A state as a digest.
pub(super) fn to_bytes(state: &State) -> [u8; 32] {
    let mut digest = [0; 32];
    for (bytes, word) in digest.as_chunks_mut().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    digest
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
            for key in [
                &message[..0],
                &message[7..39],
                &message[..64],
                &message[..65],
            ] {
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
