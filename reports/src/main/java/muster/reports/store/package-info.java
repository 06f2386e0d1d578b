/**
 * The database behind {@link muster.reports.ResultStore} and {@link muster.reports.History}: the only SQL of the project.
 *
 * <p>What is written when an attempt ends, {@link muster.reports.store.FinishWriter} tells from top to bottom; what lies in
 * its block, {@link muster.reports.store.BlockCodec}; what differs between the engines, {@link
 * muster.reports.store.Database}.
 */
@NullMarked
package muster.reports.store;

import org.jspecify.annotations.NullMarked;
