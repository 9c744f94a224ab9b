//! Demonstrations of the primitives of `threading`, on the threads of a pool. All of them end by
//! themselves.

mod cost;
mod locks;
mod meetings;
mod queues;
mod recorder;

use crate::pitfalls::programs::primitive::demonstrated::Demonstrated;
use crate::pitfalls::programs::primitive::demonstration::Demonstration;
use crate::pitfalls::programs::primitive::id::PrimitiveId;
use recorder::Came;

/// Has the threads of the pool use a primitive, and measures before that what one use costs.
pub fn demonstrate(demonstration: Demonstration) -> Demonstrated {
    let Demonstration { primitive, one_is_absent, .. } = demonstration;
    let cost_ns = cost::of(primitive);
    let Came { lanes, got, refused, most_at_once, early, took_ms } = match primitive {
        PrimitiveId::Lock => locks::lock(&demonstration),
        PrimitiveId::RLock => locks::rlock(&demonstration),
        PrimitiveId::Semaphore => locks::semaphore(&demonstration),
        PrimitiveId::BoundedSemaphore => locks::bounded_semaphore(&demonstration),
        PrimitiveId::Event => meetings::event(&demonstration),
        PrimitiveId::Barrier if one_is_absent => meetings::broken_barrier(&demonstration),
        PrimitiveId::Barrier => meetings::barrier(&demonstration),
        PrimitiveId::Condition => queues::condition(&demonstration),
        PrimitiveId::Queue => queues::queue(&demonstration),
    };
    Demonstrated { demonstration, lanes, got, refused, most_at_once, early, took_ms, cost_ns }
}
