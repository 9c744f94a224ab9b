//! Box blur of a picture, band by band.

mod kernel;

use super::answer::AnswerValue;
use super::own::{self, Media, OwnDataSpec};
use super::params::{IgnoredParams, ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work, answer, split, splitmix};
use crate::failure::{Failure, InputProblem, Result};
use crate::sync::safepoint::Safepoint;
use kernel::PIXEL;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::Range;

/// Most pixels in a row, and most rows.
pub const MAX_EDGE: usize = 2560;
/// Rows of a band at least; a band also has as many as it needs neighbours at a side,
/// so that no row is computed more than twice.
const BAND: usize = 64;
/// Most neighbouring rows that a band may need at a side.
const MAX_HALO: u64 = 512;

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    own::SOURCE,
    ParamSpec {
        name: "width",
        label: "Width",
        accepts: ParamType::Integer { min: 1, max: MAX_EDGE as u64, default: 1280 },
        unit: "px",
        help: "Width of the picture in pixels.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "height",
        label: "Height",
        accepts: ParamType::Integer { min: 1, max: MAX_EDGE as u64, default: 720 },
        unit: "px",
        help: "Height of the picture in pixels. A task blurs 64 rows or more.",
        place: Place::More,
        unless: None,
    },
    ParamSpec {
        name: "radius",
        label: "Radius",
        accepts: ParamType::Integer { min: 1, max: kernel::MAX_RADIUS as u64, default: 8 },
        unit: "px",
        help: "How many pixels to each side the mean includes.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "passes",
        label: "Passes",
        accepts: ParamType::Integer { min: 1, max: 100, default: 3 },
        unit: "",
        help: "How many times the picture is blurred. Three times looks like a lens out of focus.",
        place: Place::Front,
        unless: None,
    },
    SEED,
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ThreadsWin,
        name: "Large, one pass",
        params: &[
            ("width", Setting::Integer(1536)),
            ("height", Setting::Integer(1536)),
            ("radius", Setting::Integer(1)),
            ("passes", Setting::Integer(1)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Small, 20 passes",
        params: &[
            ("width", Setting::Integer(640)),
            ("height", Setting::Integer(640)),
            ("radius", Setting::Integer(1)),
            ("passes", Setting::Integer(20)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "One band only",
        params: &[("height", Setting::Integer(BAND as u64))],
        beforehand: false,
    },
];

/// Blurs a picture, RGBA with 8 bits each: in each pass first every row, then every
/// column, each channel by itself. A value becomes (sum + (2r + 1)/2) / (2r + 1), in whole
/// numbers, of the 2r + 1 values around it; beyond an edge the value at the edge counts.
/// Byte j of a generated picture is r(seed, j) >> 56. Digested: the RGBA bytes, row by row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blur {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    radius: usize,
    passes: usize,
    /// The seed of a generated picture; none where the picture is the reader's own.
    seed: Option<u64>,
}

impl Blur {
    /// Rows that a band needs at a side, beyond its own.
    fn halo(&self) -> usize {
        self.radius * self.passes
    }

    /// Rows of a band.
    fn band_rows(&self) -> usize {
        BAND.max(self.halo())
    }

    /// The rows that `task` blurs.
    fn band(&self, task: usize) -> Range<usize> {
        split::every(self.height, self.band_rows(), task)
    }

    /// `rows`, and those around them that reach into them in so many `passes`.
    fn around(&self, rows: &Range<usize>, passes: usize) -> Range<usize> {
        let halo = self.radius * passes;
        rows.start.saturating_sub(halo)..(rows.end + halo).min(self.height)
    }
}

impl Definition for Blur {
    const ID: &'static str = "blur";
    const TITLE: &'static str = "Blurring a picture";
    const KIND: Kind = Kind::Memory;
    const WHY: &'static str = "Each band of rows also needs rows of its neighbours: threads read \
                               them in place, processes are sent a copy.";
    const MORE: &'static str = "You can use a picture of your own.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;
    const OWN: Option<OwnDataSpec> = Some(OwnDataSpec {
        media: Media::Picture { max_edge: MAX_EDGE as u32 },
        measures: &["width", "height"],
    });
    const IDLE: &'static [IgnoredParams] = &[own::idle(&["seed"])];

    /// A pixel costs the same whatever the radius, as sums are carried along.
    fn cost(&self) -> Option<f64> {
        Some((self.width * self.height * self.passes) as f64)
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        let seed = reader.integer("seed")?;
        let (radius, passes) = (reader.integer("radius")?, reader.integer("passes")?);
        if radius * passes > MAX_HALO {
            let most = MAX_HALO / radius;
            return Err(Failure::invalid("passes", InputProblem::TooManyPasses { most, radius }));
        }
        Ok(Self {
            width: reader.integer("width")? as usize,
            height: reader.integer("height")? as usize,
            radius: radius as usize,
            passes: passes as usize,
            seed: (!own::is_wanted(&reader)?).then_some(seed),
        })
    }

    fn params(&self) -> Params {
        let source = own::source(self.seed.is_none());
        let mut params = Params::from_iter([
            source,
            ("width".into(), json!(self.width)),
            ("height".into(), json!(self.height)),
            ("radius".into(), json!(self.radius)),
            ("passes".into(), json!(self.passes)),
        ]);
        params.extend(self.seed.map(|seed| ("seed".into(), json!(seed))));
        params
    }
}

impl Work for Blur {
    fn task_count(&self) -> usize {
        split::pieces(self.height, self.band_rows())
    }

    fn input_len(&self) -> usize {
        self.width * self.height * PIXEL
    }

    fn own_len(&self) -> Option<usize> {
        self.seed.is_none().then(|| self.input_len())
    }

    fn fill_input(&self, offset: usize, into: &mut [u8]) {
        let seed = self.seed.unwrap_or_default();
        for (j, byte) in (offset as u64..).zip(into) {
            *byte = (splitmix::r(seed, j) >> 56) as u8;
        }
    }

    fn payload(&self, task: usize) -> Range<usize> {
        let rows = self.around(&self.band(task), self.passes);
        let row = self.width * PIXEL;
        rows.start * row..rows.end * row
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        answer::concat(parts)
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        None
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        let pixels = (merged.len() / PIXEL) as u64;
        Summary::Blurred { pixels, passes: self.passes as u64 }
    }

    fn is_shown(&self) -> bool {
        true
    }
}

impl Kernel for Blur {
    fn compute(&self, task: usize, payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let band = self.band(task);
        let mut blurring = kernel::Blurring::new(self.width, self.radius, payload);
        safepoint.poll();
        let mut have = self.around(&band, self.passes);
        // Each pass gives fewer rows than it took, as those at the ends lack neighbours.
        for left in (0..self.passes).rev() {
            let want = self.around(&band, left);
            blurring.pass(want.start - have.start..want.end - have.start, safepoint);
            have = want;
        }
        blurring.into_rows()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, word by word.
    fn naive(width: usize, height: usize, radius: usize, passes: usize, from: &[u8]) -> Vec<u8> {
        let (w, h, r) = (width as isize, height as isize, radius as isize);
        let side = 2 * radius + 1;
        let mut picture = from.to_vec();
        for step in 0..passes * 2 {
            let before = picture.clone();
            let at = |x: isize, y: isize, channel: usize| {
                let (x, y) = (x.clamp(0, w - 1) as usize, y.clamp(0, h - 1) as usize);
                usize::from(before[(y * width + x) * 4 + channel])
            };
            for (i, byte) in picture.iter_mut().enumerate() {
                let (x, y) = ((i / 4 % width) as isize, (i / 4 / width) as isize);
                let sum: usize = (-r..=r)
                    .map(|d| if step % 2 == 0 { at(x + d, y, i % 4) } else { at(x, y + d, i % 4) })
                    .sum();
                *byte = ((sum + side / 2) / side) as u8;
            }
        }
        picture
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn bands_together_are_the_whole_picture_blurred(
            width in 1usize..24, height in 1usize..300, radius in 1usize..40,
            passes in 1usize..4, seed: u64,
        ) {
            let blur = Blur { width, height, radius, passes, seed: Some(seed) };
            let mut picture = vec![0; blur.input_len()];
            blur.fill_input(0, &mut picture);
            let parts = (0..blur.task_count())
                .map(|task| blur.compute(task, &picture[blur.payload(task)], Safepoint::never()));
            let blurred = blur.merge(parts.collect()).expect("fits in memory");
            prop_assert!(blurred == naive(width, height, radius, passes, &picture));
        }
    }

    #[test]
    fn a_picture_of_one_colour_stays_so() {
        let blur = Blur { width: 9, height: 140, radius: 5, passes: 3, seed: None };
        let picture = [7, 0, 255, 128].repeat(9 * 140);
        let parts = (0..blur.task_count())
            .map(|task| blur.compute(task, &picture[blur.payload(task)], Safepoint::never()));
        assert_eq!(blur.merge(parts.collect()), Ok(picture));
    }
}
