//! What SHA-1 and SHA-256 have in common: both hash blocks of 64 bytes into a state, which can be
//! stored between two blocks, and both end a message in the same way.

use zeroize::Zeroize;

/// The length of a block in bytes.
pub(super) const BLOCK: usize = 64;

/// A block of a message.
pub(crate) type Block = [u8; BLOCK];

/// A hash function of this kind.
pub trait BlockHash {
    /// The state of a digest between two blocks.
    type State: Copy + AsRef<[u32]> + Zeroize;
    /// A finished digest.
    type Digest: Default + AsRef<[u8]> + AsMut<[u8]> + Zeroize;
    /// The state before the first block.
    const START: Self::State;
    /// The length of a digest in bytes.
    const LENGTH: usize;

    /// Hashes whole blocks into a state.
    fn compress(state: &mut Self::State, blocks: &[[u8; BLOCK]]);
}

/// The digest of `bytes`.
pub(super) fn digest<H: BlockHash>(bytes: &[u8]) -> H::Digest {
    to_bytes::<H>(&finish::<H>(H::START, 0, &[], bytes))
}

/// How many bytes are missing for a whole block after so many.
#[must_use]
pub const fn up_to_block(length: usize) -> usize {
    length.wrapping_neg() % BLOCK
}

/// The last state of a digest that has seen `length` bytes, of which `pending` are not in `state`
/// yet, behind the last ones, `end`.
pub(super) fn finish<H: BlockHash>(mut state: H::State, length: usize, pending: &[u8], mut end: &[u8]) -> H::State {
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
            H::compress(&mut state, blocks);
        }
    }
    H::compress(&mut state, &last[..blocks]);
    state
}

/// The most bytes that two last blocks hold beside the end mark and the length.
const LONGEST_END: usize = 2 * BLOCK - 9;

/// A state as a digest.
pub(super) fn to_bytes<H: BlockHash>(state: &H::State) -> H::Digest {
    let mut digest = H::Digest::default();
    let words = digest.as_mut().as_chunks_mut().0;
    for (bytes, word) in words.iter_mut().zip(state.as_ref()) {
        *bytes = word.to_be_bytes();
    }
    digest
}
