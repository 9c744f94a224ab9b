//! SplitMix64 used as a counter: the value at `i` does not depend on how the work
//! was cut.
//!
//! Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators",
//! OOPSLA 2014; the finalizer is David Stafford's variant 13.

const GOLDEN_GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// The SplitMix64 finalizer.
#[inline]
pub fn mix64(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// `r(seed, i)`: the `i`-th value of the sequence that `seed` begins.
#[inline]
pub fn r(seed: u64, i: u64) -> u64 {
    mix64(seed.wrapping_add(i.wrapping_add(1).wrapping_mul(GOLDEN_GAMMA)))
}

/// Writes the bytes from `offset` on, a multiple of 4, of the numbers r(seed, i) >> 32, each
/// a little-endian u32.
pub fn fill_u32(seed: u64, offset: usize, into: &mut [u8]) {
    const BYTES: usize = size_of::<u32>();
    let first = (offset / BYTES) as u64;
    for (i, bytes) in (first..).zip(into.as_chunks_mut::<BYTES>().0) {
        *bytes = ((r(seed, i) >> 32) as u32).to_le_bytes();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs for seed 1234567, as Rosetta Code's "Pseudo-random
    /// numbers/Splitmix64" lists them for implementations to check against.
    #[test]
    fn gives_the_published_sequence() {
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        for (i, value) in published.into_iter().enumerate() {
            assert_eq!(r(1_234_567, i as u64), value);
        }
    }
}
