//! The Mandelbrot set, tile by tile.

use super::answer::{self, AnswerValue};
use super::params::{ParamSpec, ParamType, Params, Place, Reader};
use super::preset::{Lesson, Preset, Setting};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work, split};
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::Range;
use std::simd::prelude::*;

/// Pixels along a tile's edge: some milliseconds of work each at the defaults,
/// so that a pool stays busy and a page that computes one stays responsive.
pub const TILE: usize = 64;
/// Points computed at once: while one waits for its last result, the others are on.
const LANES: usize = 4;
/// Pixels between two looks at the safepoint: some 10 µs, and 0.2 ms where all take the most steps.
const STRETCH: usize = 4 * LANES;
/// Steps before it is asked whether any of them is still inside, which costs as much as
/// a step.
const UNASKED: u32 = 8;

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "width",
        label: "Width",
        accepts: ParamType::Integer { min: 1, max: 2048, default: 900 },
        unit: "px",
        help: "Width of the picture in pixels.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "height",
        label: "Height",
        accepts: ParamType::Integer { min: 1, max: 2048, default: 600 },
        unit: "px",
        help: "Height of the picture in pixels.",
        place: Place::More,
        unless: None,
    },
    ParamSpec {
        name: "maxIter",
        label: "Maximum iterations",
        accepts: ParamType::Integer { min: 1, max: 10_000, default: 600 },
        unit: "",
        help: "How many iterations to try per pixel. Pixels inside the set always take this many.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "centerX",
        label: "Centre, real part",
        accepts: ParamType::Number { min: -4.0, max: 4.0, default: -0.65 },
        unit: "",
        help: "The point in the middle of the picture.",
        place: Place::More,
        unless: None,
    },
    ParamSpec {
        name: "centerY",
        label: "Centre, imaginary part",
        accepts: ParamType::Number { min: -4.0, max: 4.0, default: 0.0 },
        unit: "",
        help: "The point in the middle of the picture.",
        place: Place::More,
        unless: None,
    },
    ParamSpec {
        name: "span",
        label: "Span",
        accepts: ParamType::Number { min: 1e-13, max: 16.0, default: 3.4 },
        unit: "",
        help: "Width of the part of the plane shown. Smaller zooms in deeper.",
        place: Place::More,
        unless: None,
    },
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ThreadsWin,
        name: "Large and shallow",
        params: &[
            ("width", Setting::Integer(1536)),
            ("height", Setting::Integer(1536)),
            ("maxIter", Setting::Integer(10)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Inside the set",
        params: &[
            ("width", Setting::Integer(416)),
            ("height", Setting::Integer(416)),
            ("centerX", Setting::Number(-0.1)),
            ("span", Setting::Number(0.1)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "A single tile",
        params: &[
            ("width", Setting::Integer(64)),
            ("height", Setting::Integer(64)),
            ("maxIter", Setting::Integer(100)),
        ],
        beforehand: false,
    },
];

/// Counts the steps after which each pixel's orbit leaves the circle of radius 2.
/// Digested: a u32, little-endian, per pixel, row by row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mandelbrot {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Steps at the most.
    pub max_iter: u32,
    center_x: f64,
    center_y: f64,
    span: f64,
}

impl Mandelbrot {
    /// The columns and rows that `task` computes.
    pub fn tile(&self, task: usize) -> (Range<usize>, Range<usize>) {
        let across = split::pieces(self.width, TILE);
        (
            split::every(self.width, TILE, task % across),
            split::every(self.height, TILE, task / across),
        )
    }

    /// The real part of the point in the middle of a pixel of this column.
    fn real(&self, px: usize) -> f64 {
        let width = self.width as f64;
        self.center_x + (px as f64 + 0.5 - width / 2.0) * self.span / width
    }

    /// The imaginary part of the point in the middle of a pixel of this row.
    fn imaginary(&self, py: usize) -> f64 {
        let (width, height) = (self.width as f64, self.height as f64);
        self.center_y + (py as f64 + 0.5 - height / 2.0) * self.span / width
    }

    /// Steps until the orbits of these points leave the circle.
    fn steps(&self, cx: f64x4, cy: f64x4) -> i64x4 {
        let mut orbits = Orbits::new();
        for _ in 0..self.max_iter / UNASKED {
            for _ in 0..UNASKED {
                orbits.advance(cx, cy);
            }
            if !orbits.inside.any() {
                return orbits.steps;
            }
        }
        for _ in 0..self.max_iter % UNASKED {
            orbits.advance(cx, cy);
        }
        orbits.steps
    }
}

/// The orbits of some points, side by side.
struct Orbits {
    x: f64x4,
    y: f64x4,
    /// Which have not left the circle yet.
    inside: mask64x4,
    /// How many steps each took inside.
    steps: i64x4,
}

impl Orbits {
    fn new() -> Self {
        let (x, y) = (f64x4::splat(0.0), f64x4::splat(0.0));
        Self { x, y, inside: mask64x4::splat(true), steps: i64x4::splat(0) }
    }

    /// A step. Written out as it is defined: another order of operations rounds
    /// differently and gives another picture.
    #[inline]
    fn advance(&mut self, cx: f64x4, cy: f64x4) {
        let (xx, yy) = (self.x * self.x, self.y * self.y);
        // Whoever has left goes on with the others, but counts no more, even where
        // infinities have become no number.
        self.inside &= (xx + yy).simd_le(f64x4::splat(4.0));
        // A lane that is set is -1.
        self.steps -= self.inside.to_simd();
        self.y = (f64x4::splat(2.0) * self.x) * self.y + cy;
        self.x = (xx - yy) + cx;
    }
}

impl Definition for Mandelbrot {
    const ID: &'static str = "mandelbrot";
    const TITLE: &'static str = "Mandelbrot set";
    const KIND: Kind = Kind::Cpu;
    const WHY: &'static str = "Only arithmetic, but some tiles cost a hundred times more than \
                               others. Watch how a pool still keeps all its workers busy.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    /// The steps of a few pixels stand for those of all.
    fn cost(&self) -> Option<f64> {
        const PROBES: usize = 12;
        let at = |i: usize, size: usize| i * size / PROBES + size / (2 * PROBES);
        let row = |i: usize| {
            let cy = f64x4::splat(self.imaginary(at(i, self.height)));
            let columns = (0..PROBES / LANES).map(|j| {
                let cx = [0, 1, 2, 3].map(|lane| self.real(at(j * LANES + lane, self.width)));
                self.steps(f64x4::from_array(cx), cy).reduce_sum()
            });
            columns.sum::<i64>()
        };
        let steps = (0..PROBES).map(row).sum::<i64>() as f64 / (PROBES * PROBES) as f64;
        // Even a pixel that leaves at once is asked for.
        Some((steps + f64::from(UNASKED)) * (self.width * self.height) as f64)
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        Ok(Self {
            width: reader.integer("width")? as usize,
            height: reader.integer("height")? as usize,
            max_iter: reader.integer("maxIter")? as u32,
            center_x: reader.number("centerX")?,
            center_y: reader.number("centerY")?,
            span: reader.number("span")?,
        })
    }

    fn params(&self) -> Params {
        Params::from_iter([
            ("width".into(), json!(self.width)),
            ("height".into(), json!(self.height)),
            ("maxIter".into(), json!(self.max_iter)),
            ("centerX".into(), json!(self.center_x)),
            ("centerY".into(), json!(self.center_y)),
            ("span".into(), json!(self.span)),
        ])
    }
}

impl Work for Mandelbrot {
    fn task_count(&self) -> usize {
        split::pieces(self.width, TILE) * split::pieces(self.height, TILE)
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        let mut picture = Vec::new();
        answer::grow(&mut picture, self.width * self.height * 4)?;
        for (task, part) in parts.iter().enumerate() {
            let (columns, rows) = self.tile(task);
            for (row, line) in rows.zip(part.chunks_exact(columns.len() * 4)) {
                let start = (row * self.width + columns.start) * 4;
                picture[start..start + line.len()].copy_from_slice(line);
            }
        }
        Ok(picture)
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        None
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        let inside = counts(merged).filter(|steps| *steps == self.max_iter).count() as u64;
        Summary::PixelsInside { inside, pixels: (self.width * self.height) as u64 }
    }

    fn is_shown(&self) -> bool {
        true
    }
}

impl Kernel for Mandelbrot {
    fn compute(&self, task: usize, _payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let (columns, rows) = self.tile(task);
        // Lanes beyond the tile compute a point like any other, which nobody looks at.
        let reals: Vec<_> = columns.map(|px| self.real(px)).collect();
        let mut part = Vec::with_capacity(reals.len() * rows.len() * 4);
        for py in rows {
            let cy = f64x4::splat(self.imaginary(py));
            for stretch in reals.chunks(STRETCH) {
                safepoint.poll();
                for reals in stretch.chunks(LANES) {
                    let steps = self.steps(f64x4::load_or_default(reals), cy).to_array();
                    for steps in &steps[..reals.len()] {
                        part.extend_from_slice(&(*steps as u32).to_le_bytes());
                    }
                }
            }
        }
        part
    }
}

/// The step counts in the digested bytes, pixel by pixel.
pub fn counts(merged: &[u8]) -> impl Iterator<Item = u32> {
    merged.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
}
