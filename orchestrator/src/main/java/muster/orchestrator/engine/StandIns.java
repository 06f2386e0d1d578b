package muster.orchestrator.engine;

import java.util.Map;
import muster.images.ImageSource;
import muster.images.Recipe;
import muster.orchestrator.guest.GuestDriver;

/**
 * What stands in for that which runs guests, and for that which makes what they boot, in a measurement of all the rest.
 *
 * @param drivers by the names that matrices use
 * @param sources of images, by the kind of source that each understands
 */
public record StandIns(Map<String, GuestDriver> drivers, Map<Class<? extends Recipe.Source>, ImageSource> sources) {}
