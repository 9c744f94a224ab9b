//! Links to the experiments that show a leaf.

use crate::models::ExecutorKind;
use crate::workloads::WorkloadId;

/// A link that opens the lab with an experiment.
#[derive(Debug)]
pub struct LabLink {
    /// What the link says.
    pub label: &'static str,
    /// What is computed.
    pub workload: WorkloadId,
    /// The parameters that differ from the workload's defaults, as the link
    /// spells them.
    pub params: &'static [(&'static str, &'static str)],
    /// The models, in the order in which the lab lists them; workers where the
    /// number matters, the machine's cores where it does not.
    pub models: &'static [(ExecutorKind, Option<u32>)],
    /// How often each model runs, where the lab's own choice would take long.
    pub repeats: Option<u32>,
}

impl LabLink {
    /// The query of its link: `workload=requests&count=12&models=event-loop,threads:12`.
    pub fn query(&self) -> String {
        let models: Vec<_> =
            self.models.iter().map(|(kind, workers)| named(*kind, *workers)).collect();
        let mut query = format!("workload={}", self.workload.id());
        for (name, value) in self.params {
            query.push_str(&format!("&{name}={value}"));
        }
        query.push_str(&format!("&models={}", models.join(",")));
        if let Some(repeats) = self.repeats {
            query.push_str(&format!("&repeats={repeats}"));
        }
        query
    }

    /// The link itself.
    pub fn href(&self) -> String {
        format!("#/lab?{}", self.query())
    }
}

fn named(kind: ExecutorKind, workers: Option<u32>) -> String {
    match workers {
        Some(workers) => format!("{}:{workers}", kind.id()),
        None => kind.id().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_spells_out_workload_parameters_models_and_repeats() {
        let link = LabLink {
            label: "Try it in the lab",
            workload: WorkloadId::Requests,
            params: &[("kind", "timer"), ("count", "12"), ("latencyMs", "200")],
            models: &[(ExecutorKind::EventLoop, None), (ExecutorKind::Threads, Some(12))],
            repeats: Some(3),
        };
        assert_eq!(
            link.href(),
            "#/lab?workload=requests&kind=timer&count=12&latencyMs=200\
             &models=event-loop,threads:12&repeats=3"
        );
    }

    #[test]
    fn what_is_not_said_is_not_in_the_link() {
        let link = LabLink {
            label: "Try it in the lab",
            workload: WorkloadId::Primes,
            params: &[],
            models: &[(ExecutorKind::MainThread, None)],
            repeats: None,
        };
        assert_eq!(link.query(), "workload=primes&models=main-thread");
    }
}
