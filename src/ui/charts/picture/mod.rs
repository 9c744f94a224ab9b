//! The Mandelbrot set in colours, from the counts that were computed.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::measure::{Lane, Phase};
use crate::workloads::Work;
use crate::workloads::mandelbrot::{Mandelbrot, counts};
use std::collections::BTreeSet;

/// Which lane computed each task, as an index into `lanes`.
pub fn owners(lanes: &[Lane], tasks: usize) -> Vec<Option<usize>> {
    let mut owners = vec![None; tasks];
    for (lane, one) in lanes.iter().enumerate() {
        for span in one.spans.iter().filter(|span| span.phase == Phase::Compute) {
            if let Some(owner) = span.task.and_then(|task| owners.get_mut(task as usize)) {
                *owner = Some(lane);
            }
        }
    }
    owners
}

/// How many tiles a lane computed, each in one go or, under a GIL, in several.
pub fn tiles_of(lane: &Lane) -> usize {
    let computed = lane.spans.iter().filter(|span| span.phase == Phase::Compute);
    computed.filter_map(|span| span.task).collect::<BTreeSet<_>>().len()
}

/// RGBA bytes, row by row, of the merged counts.
pub fn by_steps(mandelbrot: &Mandelbrot, merged: &[u8]) -> Vec<u8> {
    counts(merged).flat_map(|steps| steps_colour(steps, mandelbrot.max_iter)).collect()
}

/// RGBA bytes, row by row: each tile in the colour of the lane that computed it,
/// lighter and darker as the picture is, with a line between tiles.
pub fn by_owner(mandelbrot: &Mandelbrot, merged: &[u8], owners: &[Option<usize>]) -> Vec<u8> {
    let counts: Vec<_> = counts(merged).collect();
    let mut rgba = vec![255; counts.len() * 4];
    for task in 0..mandelbrot.task_count() {
        let hue = owners.get(task).copied().flatten().map(lane_colour).unwrap_or([128, 128, 128]);
        let (columns, rows) = mandelbrot.tile(task);
        for py in rows.clone() {
            for px in columns.clone() {
                let at = py * mandelbrot.width + px;
                let light = brightness(counts[at], mandelbrot.max_iter);
                let edge = px == columns.start || py == rows.start;
                let light = if edge { light * 0.6 } else { light };
                for (channel, value) in hue.iter().enumerate() {
                    rgba[at * 4 + channel] = (f64::from(*value) * light) as u8;
                }
            }
        }
    }
    rgba
}

/// How light a pixel is, by how long its orbit stays: on a logarithmic scale,
/// because most orbits leave soon.
fn brightness(steps: u32, max_iter: u32) -> f64 {
    if steps >= max_iter {
        return 0.45;
    }
    0.6 + 0.4 * f64::from(steps + 1).ln() / f64::from(max_iter + 1).ln()
}

fn steps_colour(steps: u32, max_iter: u32) -> [u8; 4] {
    if steps >= max_iter {
        return [18, 20, 26, 255];
    }
    let part = f64::from(steps + 1).ln() / f64::from(max_iter + 1).ln();
    // From deep blue by way of white to amber: tells near from far in grey, too.
    let channel = |stops: [f64; 4]| {
        let at = part.clamp(0.0, 1.0) * 3.0;
        let (below, rest) = ((at.floor() as usize).min(2), at - at.floor().min(2.0));
        (stops[below] + (stops[below + 1] - stops[below]) * rest) as u8
    };
    [
        channel([16.0, 42.0, 236.0, 255.0]),
        channel([28.0, 111.0, 240.0, 170.0]),
        channel([76.0, 214.0, 248.0, 40.0]),
        255,
    ]
}

/// Colours that stay apart for as many lanes as there may be: the golden angle
/// around the circle of hues.
pub fn lane_colour(lane: usize) -> [u8; 3] {
    let hue = (lane as f64 * 137.508 + 60.0) % 360.0;
    let channel = |offset: f64| {
        let k = (offset + hue / 30.0) % 12.0;
        let light = 0.62 - 0.3 * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0);
        (light * 255.0) as u8
    };
    [channel(0.0), channel(8.0), channel(4.0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{LaneKind, Span};
    use crate::workloads::{Workload, WorkloadId};
    use serde_json::json;

    #[test]
    fn a_tile_that_a_thread_computed_in_several_goes_is_one() {
        let spans = [(0, 0.0), (0, 1.0), (3, 2.0)];
        let span = |(task, from): (u32, f64)| Span::new(Phase::Compute, task, from, from + 1.0);
        assert_eq!(tiles_of(&Lane::new(LaneKind::Thread, 1, spans.map(span).to_vec())), 2);
    }

    fn picture() -> (Mandelbrot, Vec<u8>) {
        let params = json!({ "width": 130, "height": 70, "maxIter": 50 });
        let params = params.as_object().expect("an object");
        let workload = Workload::new(WorkloadId::Mandelbrot, params).expect("valid");
        let merged = workload.solve(None).expect("fits");
        match workload {
            Workload::Mandelbrot(mandelbrot) => (mandelbrot, merged),
            _ => unreachable!("asked for a picture"),
        }
    }

    #[test]
    fn a_picture_has_four_bytes_a_pixel() {
        let (mandelbrot, merged) = picture();
        assert_eq!(by_steps(&mandelbrot, &merged).len(), 130 * 70 * 4);
        assert_eq!(by_owner(&mandelbrot, &merged, &[]).len(), 130 * 70 * 4);
    }

    #[test]
    fn tiles_have_the_colour_of_who_computed_them() {
        let span = |task| Span::new(Phase::Compute, task, 0.0, 1.0);
        let lanes = [
            Lane::new(LaneKind::Page, 1, vec![]),
            Lane::new(LaneKind::Process, 1, vec![span(0), span(2)]),
            Lane::new(LaneKind::Process, 2, vec![span(1)]),
        ];
        assert_eq!(owners(&lanes, 4), [Some(1), Some(2), Some(1), None]);
    }

    #[test]
    fn lanes_are_told_apart() {
        let colours: std::collections::BTreeSet<_> = (0..33).map(lane_colour).collect();
        assert_eq!(colours.len(), 33);
    }
}
