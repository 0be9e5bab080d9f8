//! Turns bytes into HMACs by SHA-1: the codes of Signature Version 2.

use sha1::block_api::compress;

use super::block_hash::{Block, BlockHash};
use super::hmac::Hmac;

/// SHA-1, as what the states of HMACs are of.
pub struct Sha1;

/// An HMAC-SHA1 that has read its key, and perhaps the start of a message.
pub type HmacSha1 = Hmac<Sha1>;

impl BlockHash for Sha1 {
    type State = [u32; 5];
    type Digest = [u8; 20];
    /// Counting bytes up and down, as the standard has them.
    const START: [u32; 5] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    const LENGTH: usize = 20;

    #[inline]
    fn compress(state: &mut [u32; 5], blocks: &[Block]) {
        compress(state, blocks);
    }
}

#[cfg(test)]
mod tests {
    use hmac::{Hmac, KeyInit as _, Mac as _};
    use sha1::Sha1;

    use super::HmacSha1;

    /// The referee is the crate's own padding and chaining.
    #[test]
    fn codes_of_every_length_in_every_two_parts_are_those_of_the_referee() {
        let message: Vec<u8> = (0..=255).cycle().take(400).collect();
        for length in 0..=200 {
            let whole = &message[..length];
            for key in [&message[..0], &message[7..47], &message[..64], &message[..65]] {
                let referee = Hmac::<Sha1>::new_from_slice(key).expect("any key");
                let expected = referee.chain_update(whole).finalize().into_bytes();
                for split in 0..=length {
                    let mut mac = HmacSha1::new(key);
                    mac.update(&whole[..split]);
                    let code = mac.finish(&whole[split..]);
                    assert_eq!(code[..], expected[..], "{length}, split at {split}");
                }
            }
        }
    }
}
