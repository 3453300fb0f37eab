package io.chordata.node.sim;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.SpaceGuard.Room;
import io.vertx.core.Future;

class SimBlockStoreTest extends BlockStoreContract {
    private final SimScheduler scheduler = new SimScheduler(1);
    private final SimBlockStore.Disk disk = new SimBlockStore.Disk();
    private SimLoops loops = new SimLoops(scheduler, 2);
    private Room room = Room.ALL;
    private BlockStore store = open();

    private BlockStore open() {
        return new SimBlockStore(loops, () -> room, disk);
    }

    @Override
    protected BlockStore store() {
        return store;
    }

    @Override
    protected BlockStore reopen() {
        loops.kill();
        loops = new SimLoops(scheduler, 2);
        store = open();
        return store;
    }

    @Override
    protected <T> T await(Future<T> future) {
        return scheduler.await(future);
    }

    @Override
    protected void rot(BlockRef block) {
        disk.corrupt(block);
    }

    @Override
    protected void setRoom(Room room) {
        this.room = room;
    }
}
