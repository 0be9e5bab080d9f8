//! Compresses the blocks of four SHA-256 digests at a time by the processor's SHA instructions.
//!
//! One instruction does two rounds and takes four cycles, but another may start in each of them:
//! one digest keeps a quarter of the unit busy, four keep all of it. This is the only file with
//! `unsafe` in it; what it computes is held against the `sha2` crate's in `lanes.rs`.

#![expect(
    unsafe_code,
    reason = "a function for certain processors can be called and its vectors be loaded in no other way"
)]

use core::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_alignr_epi8, _mm_blend_epi16, _mm_loadu_si128, _mm_set_epi64x,
    _mm_setzero_si128, _mm_sha256msg1_epu32, _mm_sha256msg2_epu32, _mm_sha256rnds2_epu32,
    _mm_shuffle_epi8, _mm_shuffle_epi32, _mm_storeu_si128,
};

use super::sha256::{Block, LANES, State};

/// Whether this processor has the instructions, and `RustCrypto` was not told to do without them.
pub(super) fn is_available() -> bool {
    cfg!(not(sha2_backend = "soft"))
        && is_x86_feature_detected!("sha")
        && is_x86_feature_detected!("sse4.1")
}

/// Takes equally many blocks into each of the states; `false`, with nothing done, if this
/// processor cannot.
pub(super) fn compress(states: &mut [State; LANES], blocks: [&[Block]; LANES]) -> bool {
    if !is_available() {
        return false;
    }
    // SAFETY: the processor has the instructions that the function is made for.
    unsafe { compress_blocks(states, blocks) };
    true
}

/// The words of a state as the instructions want them: a, b, e, f and c, d, g, h.
#[derive(Clone, Copy)]
struct Halves {
    abef: __m128i,
    cdgh: __m128i,
}

#[target_feature(enable = "sha,sse4.1,ssse3")]
fn compress_blocks(states: &mut [State; LANES], blocks: [&[Block]; LANES]) {
    let mut lanes = load_states(states);
    let shortest = blocks.iter().map(|blocks| blocks.len()).min();
    for at in 0..shortest.unwrap_or(0) {
        let before = lanes;
        let mut words = [[_mm_setzero_si128(); 4]; LANES];
        for (words, blocks) in words.iter_mut().zip(blocks) {
            *words = load_block(&blocks[at]);
        }
        for step in 0..4 {
            let constants = load(&ROUND_CONSTANTS[step]);
            for (lane, words) in lanes.iter_mut().zip(&words) {
                four_rounds(lane, _mm_add_epi32(words[step], constants));
            }
        }
        for constants in ROUND_CONSTANTS[4..].as_chunks::<4>().0 {
            for (step, constants) in constants.iter().enumerate() {
                let constants = load(constants);
                for (lane, words) in lanes.iter_mut().zip(&mut words) {
                    let sum = _mm_add_epi32(
                        _mm_sha256msg1_epu32(words[step], words[(step + 1) % 4]),
                        _mm_alignr_epi8(words[(step + 3) % 4], words[(step + 2) % 4], 4),
                    );
                    words[step] = _mm_sha256msg2_epu32(sum, words[(step + 3) % 4]);
                    four_rounds(lane, _mm_add_epi32(words[step], constants));
                }
            }
        }
        add(&mut lanes, &before);
    }
    store_states(states, &lanes);
}

/// Four rounds, from four words of the schedule with their constants added.
#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn four_rounds(lane: &mut Halves, words: __m128i) {
    lane.cdgh = _mm_sha256rnds2_epu32(lane.cdgh, lane.abef, words);
    let last_two = _mm_shuffle_epi32(words, 0x0E);
    lane.abef = _mm_sha256rnds2_epu32(lane.abef, lane.cdgh, last_two);
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn add(lanes: &mut [Halves; LANES], before: &[Halves; LANES]) {
    for (lane, before) in lanes.iter_mut().zip(before) {
        lane.abef = _mm_add_epi32(lane.abef, before.abef);
        lane.cdgh = _mm_add_epi32(lane.cdgh, before.cdgh);
    }
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn load_states(states: &[State; LANES]) -> [Halves; LANES] {
    let zero = _mm_setzero_si128();
    let mut lanes = [Halves {
        abef: zero,
        cdgh: zero,
    }; LANES];
    for (lane, state) in lanes.iter_mut().zip(states) {
        let halves = state.as_chunks().0;
        let cdab = _mm_shuffle_epi32(load(&halves[0]), 0xB1);
        let efgh = _mm_shuffle_epi32(load(&halves[1]), 0x1B);
        lane.abef = _mm_alignr_epi8(cdab, efgh, 8);
        lane.cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
    }
    lanes
}

#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn store_states(states: &mut [State; LANES], lanes: &[Halves; LANES]) {
    for (state, lane) in states.iter_mut().zip(lanes) {
        let feba = _mm_shuffle_epi32(lane.abef, 0x1B);
        let dchg = _mm_shuffle_epi32(lane.cdgh, 0xB1);
        let halves = state.as_chunks_mut().0;
        store(&mut halves[0], _mm_blend_epi16(feba, dchg, 0xF0));
        store(&mut halves[1], _mm_alignr_epi8(dchg, feba, 8));
    }
}

/// The sixteen words of a block, whose bytes are the other way round.
#[inline]
#[target_feature(enable = "sha,sse4.1,ssse3")]
fn load_block(block: &Block) -> [__m128i; 4] {
    let turned = _mm_set_epi64x(0x0C0D_0E0F_0809_0A0B, 0x0405_0607_0001_0203);
    let mut words = [_mm_setzero_si128(); 4];
    for (words, bytes) in words.iter_mut().zip(block.as_chunks::<16>().0) {
        // SAFETY: sixteen bytes are read, which are there; they need no alignment.
        let loaded = unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) };
        *words = _mm_shuffle_epi8(loaded, turned);
    }
    words
}

#[inline]
#[target_feature(enable = "sse2")]
fn load(words: &[u32; 4]) -> __m128i {
    // SAFETY: sixteen bytes are read, which are there; they need no alignment.
    unsafe { _mm_loadu_si128(words.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "sse2")]
fn store(words: &mut [u32; 4], vector: __m128i) {
    // SAFETY: sixteen bytes are written, which are there; they need no alignment.
    unsafe { _mm_storeu_si128(words.as_mut_ptr().cast(), vector) };
}

/// FIPS 180-4, section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the
/// first 64 primes.
#[rustfmt::skip]
static ROUND_CONSTANTS: [[u32; 4]; 16] = [
    [0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5],
    [0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5],
    [0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3],
    [0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174],
    [0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc],
    [0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da],
    [0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7],
    [0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967],
    [0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13],
    [0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85],
    [0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3],
    [0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070],
    [0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5],
    [0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3],
    [0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208],
    [0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2],
];
