package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.process.Figures;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule that blocks rest on, taken out, makes the scenario fail that it is there for. */
class BlockMutantsTest {
    private static BlockRules planted = BlockRules.SAFE;

    /** The scenarios by the rules of the mutant. */
    private static final class Mutated extends BlockScenariosTest {
        @Override
        BlockRules rules() {
            return planted;
        }
    }

    @ParameterizedTest
    @EnumSource
    void rule_takenOut_isMissed(BlockMutant mutant) throws NoSuchMethodException {
        planted = mutant;
        Method scenario = BlockScenariosTest.class.getDeclaredMethod(mutant.catcher());
        assertThatThrownBy(() -> scenario.invoke(new Mutated()))
                .as("%s played by %s", mutant.catcher(), mutant)
                .isInstanceOf(InvocationTargetException.class);
        Figures.note("block mutant " + mutant + ": caught by " + mutant.catcher());
    }
}
