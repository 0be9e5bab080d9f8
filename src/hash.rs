//! Turns bytes into digests, and digests into strings. Only this folder uses the cryptographic crates.

mod block_hash;
mod fingerprint;
mod hmac;
pub(crate) mod lanes;
mod schedule;
mod sha1;
mod sha256;
#[cfg(target_arch = "x86_64")]
mod sha_ni;

use std::sync::LazyLock;

use base64::Engine;
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::STANDARD;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use base64::engine::{Simd, general_purpose::PAD};
use md5::{Digest as _, Md5};

pub use block_hash::up_to_block;
pub use fingerprint::Fingerprint;
pub use sha1::HmacSha1;
pub use sha256::{HmacSha256, hmac_sha256, sha256, sha256_of_two};

/// MD5 of `bytes`: the checksum that goes with a customer's encryption key.
#[must_use]
pub fn md5(bytes: &[u8]) -> [u8; 16] {
    Md5::digest(bytes).into()
}

/// A SHA-256 digest as lower-case hexadecimal digits.
#[must_use]
pub fn hex(digest: &[u8; 32]) -> [u8; 64] {
    let mut digits = [0; 64];
    for (pair, byte) in digits.chunks_exact_mut(2).zip(digest) {
        pair[0] = hex_digit(byte >> 4);
        pair[1] = hex_digit(byte & 15);
    }
    digits
}

/// Appends a SHA-256 digest as lower-case hexadecimal digits.
pub fn append_hex(out: &mut String, digest: &[u8; 32]) {
    // Digits are ASCII: the check always passes, and costs less than 64 pushes.
    out.push_str(str::from_utf8(&hex(digest)).unwrap_or_default());
}

/// `bytes` as base64 with padding and without line breaks.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// A SHA-1 digest in base64.
#[must_use]
pub fn base64_of_sha1(digest: &[u8; 20]) -> [u8; base64_length(20)] {
    let mut out = [0; base64_length(20)];
    // There is room, so it cannot fail.
    let _ = STANDARD.encode_slice(digest, &mut out);
    out
}

/// The number of characters that [`base64`] makes of so many bytes.
#[must_use]
pub const fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// Writes what [`base64`] makes into the start of `out`, by vector instructions if the processor
/// has them: policies are long. Nothing is written if there is no room.
pub fn write_base64(out: &mut [u8], bytes: &[u8]) {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    static ENGINE: LazyLock<Simd> = LazyLock::new(|| Simd::standard(PAD));
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    static ENGINE: LazyLock<GeneralPurpose> = LazyLock::new(|| STANDARD);
    // It fails only if there is no room.
    let _ = ENGINE.encode_slice(bytes, out);
}

const fn hex_digit(nibble: u8) -> u8 {
    // Arithmetic instead of a table, which compiles to vector instructions.
    nibble + b'0' + (nibble > 9) as u8 * (b'a' - b'0' - 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(bytes: &[u8]) -> String {
        let digits: Vec<_> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        digits.concat()
    }

    /// RFC 4231, test case 6.
    #[test]
    fn a_key_longer_than_a_block_is_hashed_first() {
        let message = b"Test Using Larger Than Block-Size Key - Hash Key First";
        let mut hex = String::new();
        append_hex(&mut hex, &hmac_sha256(&[0xaa; 131], message));
        assert_eq!(hex, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    /// RFC 4231, test case 2.
    #[test]
    fn a_message_in_parts_has_the_code_of_the_whole_and_may_be_finished_twice() {
        let mut mac = HmacSha256::new(b"Jefe");
        mac.update(b"what do ya ");
        for _ in 0..2 {
            assert_eq!(
                digits(&mac.finish(b"want for nothing?")),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            );
        }
    }

    /// RFC 2202, test case 2 for SHA-1; RFC 1321, the suite of appendix A.5; RFC 4648, section 10.
    #[test]
    fn the_older_algorithms_give_their_published_answers() {
        let code = HmacSha1::new(b"Jefe").finish(b"what do ya want for nothing?");
        assert_eq!(digits(&code), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(digits(&md5(b"abc")), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(base64(b"fooba"), "Zm9vYmE=");
    }

    #[test]
    fn base64_that_is_written_is_the_same_at_every_length() {
        let bytes: Vec<u8> = (0..=255).cycle().take(700).collect();
        for length in 0..=bytes.len() {
            let mut out = vec![0; base64_length(length)];
            write_base64(&mut out, &bytes[..length]);
            assert_eq!(out, base64(&bytes[..length]).as_bytes());
        }
    }
}
