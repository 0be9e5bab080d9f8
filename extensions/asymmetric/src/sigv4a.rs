//! The key of `SigV4A`, which is derived from an access key and its secret key.
//!
//! It depends on neither day nor region: credentials have one such key.

use hmac::{Hmac, KeyInit as _, Mac as _};
use p256::elliptic_curve::Curve as _;
use p256::{NistP256, U256};
use sha2::Sha256;
use zeroize::{Zeroize as _, Zeroizing};

use super::{PrivateKey, Refused};

const LABEL: &[u8] = b"AWS4-ECDSA-P256-SHA256";
/// How many bits are taken: 256.
const LENGTH: [u8; 4] = [0, 0, 1, 0];
/// How often AWS's own signers try. One try fails once in 2^32 times.
const TRIES: u8 = 254;

/// The key that credentials sign with.
///
/// # Errors
/// There is none for these credentials, which has not been seen.
pub fn derived(access_key: &str, secret_key: &str) -> Result<PrivateKey, Refused> {
    let scalar = scalar(access_key, secret_key)?;
    PrivateKey::from_scalar(scalar.as_slice())
}

fn scalar(access_key: &str, secret_key: &str) -> Result<Zeroizing<[u8; 32]>, Refused> {
    let key = Zeroizing::new([b"AWS4A", secret_key.as_bytes()].concat());
    let most = NistP256::ORDER.as_ref().wrapping_sub(&U256::from_u8(2));
    for counter in 1..=TRIES {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| Refused::Failed)?;
        mac.update(&[0, 0, 0, 1]);
        mac.update(LABEL);
        mac.update(&[0]);
        mac.update(access_key.as_bytes());
        mac.update(&[counter]);
        mac.update(&LENGTH);
        let bytes = Zeroizing::new(<[u8; 32]>::from(mac.finalize().into_bytes()));
        let mut candidate = U256::from_be_slice(bytes.as_slice());
        if candidate <= most {
            let next = Zeroizing::new(candidate.wrapping_add(&U256::ONE));
            candidate.zeroize();
            return Ok(Zeroizing::new(next.to_be_bytes().into()));
        }
    }
    Err(Refused::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_one_that_aws_derives() {
        let of = |access_key: &str, secret_key: &str| {
            let own = scalar(access_key, secret_key).expect("a key");
            let theirs = aws_sigv4::sign::v4a::generate_signing_key(access_key, secret_key);
            assert_eq!(own.as_slice(), theirs.as_ref());
            own
        };
        let known = of("AKIDEXAMPLE000000000", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        assert_eq!(known[..4], [0xa5, 0x05, 0x89, 0x88]);
        assert_eq!(known[30..], [0x1e, 0x34]);
        for number in 0..1000 {
            of(&format!("AKID{number}"), &format!("secret {number}"));
        }
    }
}
