-- What a guest really took of its host while its suite ran: later guests of its lane and shape are let in by it.
CREATE TABLE guest_use (
    attempt BIGINT NOT NULL REFERENCES attempt (id),
    role VARCHAR(500) NOT NULL,
    memory BIGINT NOT NULL, -- its own, in bytes
    cpus INTEGER NOT NULL,
    peak BIGINT NOT NULL, -- the most memory that it took on its host, in bytes
    cpu_millis BIGINT NOT NULL, -- how long it kept processors of its host busy
    wall_millis BIGINT NOT NULL, -- for how long it was measured
    PRIMARY KEY (attempt, role)
);
