//! Turns a key and a message into an HMAC, from states that can be stored.
//!
//! An HMAC is two digests, each of which starts with a block made of the key. The states behind
//! those blocks, and behind the start of a message, are stored, so that they are hashed only once.

use zeroize::{Zeroize as _, Zeroizing};

use super::block_hash::{BLOCK, Block, BlockHash, digest, finish, to_bytes};

/// An HMAC that has read its key, and perhaps the start of a message.
///
/// The states are wiped on drop, as they stand for the key.
pub struct Hmac<H: BlockHash> {
    /// The state of the inner digest, behind the key and all whole blocks of the message.
    pub(super) inner: H::State,
    /// The state of the outer digest, behind the key.
    pub(super) outer: H::State,
    /// The bytes that the inner digest has seen, the key's block included.
    pub(super) length: usize,
    /// The bytes behind the last whole block.
    rest: [u8; BLOCK],
}

impl<H: BlockHash> Hmac<H> {
    /// The block that ends an outer digest. The inner digest is still to be put in front.
    const OUTER_END: Block = {
        let mut block = [0; BLOCK];
        block[H::LENGTH] = 0x80;
        let bits = (8 * (BLOCK + H::LENGTH) as u64).to_be_bytes();
        [block[BLOCK - 2], block[BLOCK - 1]] = [bits[6], bits[7]];
        block
    };

    /// Takes in the key.
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        let mut block = [0; BLOCK];
        // A key longer than a block is replaced by its digest, a shorter one is padded with zeros.
        if key.len() > BLOCK {
            let digest = Zeroizing::new(digest::<H>(key));
            block[..H::LENGTH].copy_from_slice(digest.as_ref());
        } else {
            block[..key.len()].copy_from_slice(key);
        }
        let (mut inner, mut outer) = (H::START, H::START);
        for (state, pad) in [(&mut inner, 0x36), (&mut outer, 0x5c)] {
            let mut padded = block.map(|byte| byte ^ pad);
            H::compress(state, &[padded]);
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
            H::compress(&mut self.inner, &[self.rest]);
            part = after;
        }
        let (blocks, end) = part.as_chunks();
        if !blocks.is_empty() {
            H::compress(&mut self.inner, blocks);
        }
        self.rest[..end.len()].copy_from_slice(end);
    }

    /// The code of what was taken in, followed by `end`; this value stays as it was.
    #[must_use]
    pub fn finish(&self, end: &[u8]) -> H::Digest {
        self.outer_code(&finish::<H>(self.inner, self.length, self.pending(), end))
    }

    /// As [`finish`](Self::finish), for an end as long as the digits of a digest.
    #[must_use]
    #[inline]
    pub fn finish_digits(&self, end: &[u8; BLOCK]) -> H::Digest {
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
        H::compress(&mut inner, &last[..blocks]);
        self.outer_code(&inner)
    }

    fn outer_code(&self, inner: &H::State) -> H::Digest {
        let mut last = Self::OUTER_END;
        last[..H::LENGTH].copy_from_slice(to_bytes::<H>(inner).as_ref());
        let mut outer = self.outer;
        H::compress(&mut outer, &[last]);
        to_bytes::<H>(&outer)
    }

    /// The bytes that were taken in and are not hashed yet.
    pub(super) fn pending(&self) -> &[u8] {
        &self.rest[..self.length % BLOCK]
    }
}

impl<H: BlockHash> Drop for Hmac<H> {
    fn drop(&mut self) {
        self.inner.zeroize();
        self.outer.zeroize();
        self.rest.zeroize();
    }
}

// Derived, it would ask for a hash function that can be cloned.
impl<H: BlockHash> Clone for Hmac<H> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}
