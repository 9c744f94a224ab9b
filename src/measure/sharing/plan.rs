//! Which experiments show what sharing costs.

use super::way::Way;
use crate::experiment::{Experiment, Repeats};
use crate::failure::Result;
use crate::workloads::params::Params;
use crate::workloads::{Workload, WorkloadId};
use serde_json::json;

/// The sizes of the array, in bytes: 64 KB to 256 MB, each four times the one before.
pub const SIZES: [u64; 7] = [1 << 16, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26, 1 << 28];

/// The array's numbers have so many bytes each.
const NUMBER_BYTES: u64 = 4;
/// Data of a run may take so much memory, in bytes, unless one way alone needs more: what
/// a tab on a phone can still have.
const MOST_BYTES: u64 = 1 << 29;
/// Measured rounds: the differences sought are of whole factors.
const REPEATS: u32 = 3;
/// Rounds thrown away at the most.
const WARMUP: u32 = 2;

/// One of the experiments, which are run one after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct SharingStep {
    /// The array's size, in bytes.
    pub bytes: u64,
    /// The ways that it measures, in the order of the experiment's models.
    pub ways: Vec<Way>,
    /// The sum of such an array, in these ways.
    pub experiment: Experiment,
}

/// The experiments, the smallest size first. Ways of one size share a run as long as all
/// their data fits into memory together.
///
/// # Errors
/// Never, as long as the sizes are within the workload's bounds.
pub fn steps(ways: &[Way]) -> Result<Vec<SharingStep>> {
    let mut steps = Vec::new();
    for bytes in SIZES {
        for ways in together(ways, bytes) {
            steps.push(SharingStep { bytes, experiment: experiment(bytes, &ways)?, ways });
        }
    }
    Ok(steps)
}

/// The ways in groups whose data fits together.
fn together(ways: &[Way], bytes: u64) -> Vec<Vec<Way>> {
    let mut groups: Vec<Vec<Way>> = Vec::new();
    let mut held = 0;
    for way in ways {
        let needed = way.copies() * bytes;
        match groups.last_mut() {
            Some(group) if held + needed <= MOST_BYTES => {
                group.push(*way);
                held += needed;
            }
            _ => {
                groups.push(vec![*way]);
                held = needed;
            }
        }
    }
    groups
}

fn experiment(bytes: u64, ways: &[Way]) -> Result<Experiment> {
    let params = Params::from_iter([("n".to_owned(), json!(bytes / NUMBER_BYTES))]);
    Ok(Experiment {
        workload: Workload::new(WorkloadId::ArraySum, &params)?,
        executors: ways.iter().map(|way| way.executor()).collect(),
        repeats: Repeats::Fixed(REPEATS),
        warmup: WARMUP,
        seed: 1,
        spans: false,
        timeout_ms: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_is_measured_once_at_every_size() {
        let steps = steps(&Way::ALL).expect("within bounds");
        for bytes in SIZES {
            let of_size = steps.iter().filter(|step| step.bytes == bytes);
            let ways: Vec<_> = of_size.clone().flat_map(|step| step.ways.clone()).collect();
            assert_eq!(ways, Way::ALL);
            for step in of_size {
                assert_eq!(step.experiment.workload.work().input_len() as u64, bytes);
                let executors: Vec<_> = step.ways.iter().map(|way| way.executor()).collect();
                assert_eq!(step.experiment.executors, executors);
                assert!(!step.experiment.spans);
            }
        }
        assert!(steps.is_sorted_by_key(|step| step.bytes));
    }

    #[test]
    fn what_is_large_does_not_share_its_run() {
        let groups = |bytes| together(&Way::ALL, bytes);
        assert_eq!(groups(1 << 16), [Way::ALL.to_vec()]);
        assert_eq!(groups(1 << 24).len(), 1);
        assert_eq!(
            groups(1 << 28),
            [
                vec![Way::MainThread, Way::Threads],
                vec![Way::Copy, Way::Transfer],
                vec![Way::Shared],
                vec![Way::Initializer],
            ]
        );
        assert!(together(&[], 1 << 28).is_empty());
    }
}
