//! Backups made while people write, each restored elsewhere and proved.

use crate::people::{empty, request};
use jc_app::backup;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::SeqCst};

#[test]
fn backups_under_load_are_whole_and_lack_nothing_acknowledged() {
    let own = empty();
    let (stop, acknowledged) = (AtomicBool::new(false), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in 0.. {
                if stop.load(SeqCst) {
                    break;
                }
                let csv = format!("类别,主题,日期,参与人数\n家长会,第{n}场,2024-03-01,\n");
                own.import("family-event", &request("家长会.csv", csv)).expect("an import");
                acknowledged.store(n + 1, SeqCst);
            }
        });
        for _ in 0..20 {
            let folder = tempfile::tempdir().expect("a folder");
            let before = acknowledged.load(SeqCst);
            let target = folder.path().join("copy");
            backup::create(&own.app, &target).expect("a backup");
            let keys = own.app.keys_file();
            let drill = backup::drill(&target, &folder.path().join("elsewhere"), keys, None).expect("a drill");
            assert!(drill.is_clean(), "{drill:?}");
            let records = drill.schools[0].looked.records;
            assert!(records as u64 >= before, "{records} of {before} acknowledged records are in the backup");
        }
        stop.store(true, SeqCst);
    });
    own.verified();
}
