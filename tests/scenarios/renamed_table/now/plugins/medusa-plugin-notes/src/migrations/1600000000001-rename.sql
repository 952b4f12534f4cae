-- migrate:up
ALTER TABLE note RENAME TO remark;

-- migrate:down
ALTER TABLE remark RENAME TO note;
