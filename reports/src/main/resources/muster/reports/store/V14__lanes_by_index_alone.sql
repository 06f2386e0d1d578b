-- Which runs a lane has had, and which attempts make its history there, is read from the index without a look at the cells.
DROP INDEX cell_by_lane;
CREATE INDEX cell_by_lane ON cell (lane, run, history, in_lane);
