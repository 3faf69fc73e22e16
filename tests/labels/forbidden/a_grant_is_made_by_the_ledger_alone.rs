use vehicle::consent::{Grant, Purpose, Scope};
use vehicle::senses::Tick;

pub fn forge(scope: Scope) -> Grant {
    let purpose = Purpose::Delivery;
    Grant { record_id: 1, scope, purpose, given_at: Tick(0), valid_until: None, withdrawn_at: None }
}

fn main() {}
