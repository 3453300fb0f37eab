package io.chordata.node.ring.directory;

import io.chordata.node.ring.view.NodeLoad;

/**
 * What a node has to do, as it said last. Travels with its own probes and answers, and beside records that travel anyway:
 * never news by itself.
 *
 * @param number rises with each change within a life, from 1
 */
record Load(long number, NodeLoad figures) {}
