//! Compresses the blocks of four SHA-256 digests at a time by the processor's SHA instructions.
//!
//! One instruction does two rounds and takes four cycles, but another may start in each cycle: one
//! digest uses a quarter of the unit, four use all of it. This is the only file with `unsafe` in it;
//! the tests of `lanes.rs` compare what it computes with the `sha2` crate.

#![expect(
    unsafe_code,
    reason = "a function for certain processors can be called and its vectors be loaded in no other way"
)]

use core::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_alignr_epi8, _mm_blend_epi16, _mm_loadu_si128, _mm_set_epi64x, _mm_setzero_si128,
    _mm_sha256msg1_epu32, _mm_sha256msg2_epu32, _mm_sha256rnds2_epu32, _mm_shuffle_epi8, _mm_shuffle_epi32,
    _mm_storeu_si128,
};

use super::block_hash::Block;
use super::schedule::{ROUND_CONSTANTS, Schedule};
use super::sha256::{LANES, State};

/// Whether this processor has the instructions, and `RustCrypto` was not built to do without them.
pub(super) fn is_available() -> bool {
    cfg!(not(sha2_backend = "soft")) && is_x86_feature_detected!("sha") && is_x86_feature_detected!("sse4.1")
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

/// As [`compress`], for blocks of which nothing is needed any more but their schedules.
pub(super) fn compress_scheduled(states: &mut [State; LANES], blocks: [&[Schedule]; LANES]) -> bool {
    if !is_available() {
        return false;
    }
    // SAFETY: the processor has the instructions that the function is made for.
    unsafe { compress_schedules(states, blocks) };
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

#[target_feature(enable = "sha,sse4.1,ssse3")]
fn compress_schedules(states: &mut [State; LANES], blocks: [&[Schedule]; LANES]) {
    let mut lanes = load_states(states);
    let shortest = blocks.iter().map(|blocks| blocks.len()).min();
    for at in 0..shortest.unwrap_or(0) {
        let before = lanes;
        let schedules = blocks.map(|blocks| &blocks[at]);
        for step in 0..16 {
            for (lane, schedule) in lanes.iter_mut().zip(schedules) {
                four_rounds(lane, load(&schedule[step]));
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
    let mut lanes = [Halves { abef: zero, cdgh: zero }; LANES];
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

/// The sixteen words of a block, whose bytes are in the reverse order.
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
