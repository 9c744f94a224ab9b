//! Least squares of the Universal Scalability Law, within bounds.

use super::point::Point;

/// Through fewer worker counts than this, two parameters always find a curve.
const FEWEST_COUNTS: usize = 3;
/// No page has more workers, or a greater speedup; beyond it, squares overflow.
const GREATEST: f64 = 1e6;
/// The greatest that a parameter comes to for such points.
pub const GREATEST_PARAMETER: f64 = GREATEST * GREATEST;
/// A cost that is a smaller part than this at the widest point is rounding.
const NEGLIGIBLE: f64 = 1e-6;
/// Steps of Gauss and Newton; ten are usual.
const MOST_STEPS: usize = 100;
/// How often a step that leads uphill is halved before the search is over.
const MOST_HALVINGS: usize = 24;

/// Contention and coherency.
pub type Parameters = [f64; 2];

/// The law, in a form in which no product overflows.
pub fn speedup([contention, coherency]: Parameters, workers: f64) -> f64 {
    let workers = workers.max(1.0);
    let others = workers - 1.0;
    1.0 / (1.0 / workers + contention * (others / workers) + coherency * others)
}

/// The parameters from 0 to `most` with the least error, sought from the linearised
/// regression, from a usual place, and from `more`.
pub fn best(points: &[Point], most: Parameters, more: &[Parameters]) -> Option<Parameters> {
    if !can_be_fitted(points) {
        return None;
    }
    // n / S − 1 = a (n − 1) + b n (n − 1) is linear in both. Its rows are weighted by
    // how much S answers to them, as otherwise the slowest points would decide.
    let linearised = |point: &Point| {
        let [u, v] = slopes(point.speedup, point.workers);
        [u, v, point.speedup * point.speedup / point.workers - point.speedup]
    };
    let mut starts = vec![least_squares(points.iter().map(linearised).collect(), most)];
    starts.push([most[0].min(0.05), most[1].min(0.002)]);
    starts.extend(more);
    let found = starts.into_iter().map(|start| refined(points, start, most));
    let [a, b] = found.min_by(|x, y| error(points, *x).total_cmp(&error(points, *y)))?;
    let widest = points.iter().fold(1.0, |widest, point| point.workers.max(widest));
    let sound = |cost: f64, parameter: f64| if cost < NEGLIGIBLE { 0.0 } else { parameter };
    Some([sound(a * widest, a), sound(b * widest * widest, b)])
}

fn can_be_fitted(points: &[Point]) -> bool {
    let sound = |point: &Point| {
        (1.0..=GREATEST).contains(&point.workers)
            && (1.0 / GREATEST..=GREATEST).contains(&point.speedup)
    };
    let mut counts: Vec<_> = points.iter().map(|point| point.workers).collect();
    counts.sort_by(f64::total_cmp);
    counts.dedup();
    points.iter().all(sound) && counts.len() >= FEWEST_COUNTS
}

/// Follows Gauss and Newton's steps downhill from `at`, within 0 to `most`.
fn refined(points: &[Point], mut at: Parameters, most: Parameters) -> Parameters {
    let mut least = error(points, at);
    for _ in 0..MOST_STEPS {
        let tangent = |point: &Point| {
            let here = speedup(at, point.workers);
            let [u, v] = slopes(here, point.workers);
            [u, v, point.speedup - here + u * at[0] + v * at[1]]
        };
        let aim = least_squares(points.iter().map(tangent).collect(), most);
        let mut part = 1.0;
        let better = (0..MOST_HALVINGS).find_map(|_| {
            let next = [at[0] + part * (aim[0] - at[0]), at[1] + part * (aim[1] - at[1])];
            part /= 2.0;
            let off = error(points, next);
            (off < least).then_some((next, off))
        });
        let Some(better) = better else { break };
        (at, least) = better;
    }
    at
}

/// How a speedup changes with contention and with coherency.
fn slopes(speedup: f64, workers: f64) -> Parameters {
    let with_coherency = -speedup * speedup * (workers - 1.0);
    [with_coherency / workers, with_coherency]
}

/// The x and y from 0 to `most` for which u x + v y comes nearest to r in all rows
/// [u, v, r]: inside, or else on one of the four edges.
fn least_squares(rows: Vec<[f64; 3]>, most: Parameters) -> Parameters {
    let sum = |i: usize, j: usize| rows.iter().map(|row| row[i] * row[j]).sum::<f64>();
    let (uu, uv, vv, ur, vr) = (sum(0, 0), sum(0, 1), sum(1, 1), sum(0, 2), sum(1, 2));
    let x_for = |y: f64| ((ur - uv * y) / uu).clamp(0.0, most[0]);
    let y_for = |x: f64| ((vr - uv * x) / vv).clamp(0.0, most[1]);
    let determinant = uu * vv - uv * uv;
    let inside = [(ur * vv - vr * uv) / determinant, (uu * vr - uv * ur) / determinant];
    let edges = [
        [0.0, y_for(0.0)],
        [most[0], y_for(most[0])],
        [x_for(0.0), 0.0],
        [x_for(most[1]), most[1]],
    ];
    let is_inside = (0..2).all(|i| (0.0..=most[i]).contains(&inside[i]));
    if is_inside {
        return inside;
    }
    let off = |[x, y]: Parameters| {
        rows.iter().map(|[u, v, r]| (r - u * x - v * y) * (r - u * x - v * y)).sum::<f64>()
    };
    let nearest = edges.into_iter().filter(|[x, y]| x.is_finite() && y.is_finite());
    nearest.min_by(|a, b| off(*a).total_cmp(&off(*b))).unwrap_or_default()
}

/// The sum of squared errors of the speedups.
pub fn error(points: &[Point], parameters: Parameters) -> f64 {
    let off = |point: &Point| point.speedup - speedup(parameters, point.workers);
    points.iter().map(|point| off(point) * off(point)).sum()
}
