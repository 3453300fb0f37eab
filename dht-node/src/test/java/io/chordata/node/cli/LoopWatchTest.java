package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Await;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopWatchTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final LoopWatch watch = new LoopWatch(ended::countDown);
    private final DefaultEventExecutorGroup loops = new DefaultEventExecutorGroup(2);

    @Test
    void loop_thatEndsByItself_endsTheProcess() throws InterruptedException {
        watch.watch(loops);
        loops.next().shutdownGracefully(0, 0, TimeUnit.SECONDS);
        assertThat(ended.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void loops_thatAreTold_mayEnd() {
        watch.watch(loops);
        watch.stop();
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        Await.until("the loops to end", DEADLINE, loops::isTerminated);
        assertThat(ended.getCount()).isEqualTo(1);
    }
}
