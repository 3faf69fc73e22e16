use vehicle::consent::{Grant, Scope};
use vehicle::senses::Tick;

pub fn forge(scope: Scope) -> Grant {
    Grant { record_id: 1, scope, given_at: Tick(0), valid_until: None, withdrawn_at: None }
}

fn main() {}
