package io.chordata.client.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " ",
            value = {
                "*.jpg cat.jpg true",
                "*.jpg a/cat.jpg false",
                "**.jpg a/cat.jpg true",
                "a/*/b a/x/b true",
                "a/*/b a/b false",
                "a/**/b a/b true",
                "a/**/b a/x/y/b true",
                "a/**/b a/xb false",
                "a/**/b ab false",
                "**/b b true",
                "**/b x/b true",
                "**/b xb false",
                "a/** a/ true",
                "a/** a/x/y true",
                "? 💡 true",
                "?? 💡 false",
                "? / false",
                "[a-c]x bx true",
                "[a-c]x dx false",
                "[!a-c]x dx true",
                "[!a-c]x /x false",
                "[]]x ]x true",
                "\\*x *x true",
                "\\*x ax false",
                "a\\b a\\b true",
                "*a*a*a* banana true",
                "* .. true"
            })
    void pattern_ofAName_matchesAsItSays(String pattern, String name, boolean expected) {
        assertThat(Glob.of(pattern).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ",
            value = {
                "a/b*/c a/b a/ 2",
                "a/b/c[1] a/b/c a/b/ 1",
                "*x '' '' 1",
                "a\\*/b* a*/b a*/ 1",
                "a/**/b a/ a/ 2147483647"
            })
    void pattern_asAWhole_tellsWhereToLook(String pattern, String prefix, String folder, int depth) {
        Glob glob = Glob.of(pattern);
        assertThat(List.of(glob.prefix(), glob.folder(), glob.depth())).isEqualTo(List.of(prefix, folder, depth));
    }

    @Test
    void text_withoutSpecialCharacters_isNoPattern() {
        assertThat(Glob.isPattern("a\\*b")).isFalse();
        assertThat(Glob.plain("a\\*b\\c\\\\d")).isEqualTo("a*b\\c\\d");
        assertThat(Glob.isPattern("a?b")).isTrue();
        assertThatThrownBy(() -> Glob.of("a[b")).hasMessageContaining("not closed");
    }

    @Test
    void pattern_thatCouldBacktrack_takesLittleTime() {
        Glob hostile = Glob.of("*a".repeat(30) + "b");
        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> assertThat(hostile.matches("a".repeat(1_000))).isFalse());
    }

    @Test
    void filter_ofNames_takesWhatItShould() {
        NameFilter filter = NameFilter.of(List.of(), List.of("*.tmp", ".git/", "build/*.o"));
        assertThat(List.of("a.tmp", "x/y/b.tmp", ".git/c", "x/.git/d/e", "build/f.o", "x/build/g.o", "git/h").stream()
                        .filter(filter))
                .containsExactly("x/build/g.o", "git/h");
        assertThat(NameFilter.of(List.of("*.jpg", "doc/**"), List.of("private*")))
                .accepts("a.jpg", "x/b.jpg", "doc/c/d")
                .rejects("e.txt", "x/private.jpg");
        assertThat(NameFilter.ALL).accepts("anything/at all");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://, '', ''",
        "s3://b, b, ''",
        "s3://b/, b, ''",
        "s3://b/k, b, k",
        "s3://b//k/../%20 ?#, b, /k/../%20 ?#"
    })
    void name_ofAnObject_isTakenAsItStands(String text, String bucket, String key) {
        assertThat(S3Name.parse(text)).isEqualTo(new S3Name(bucket, key));
    }

    @Test
    void name_ofAnotherForm_isRefused() {
        assertThatThrownBy(() -> S3Name.parse("s3:/b/k")).hasMessageContaining("s3://BUCKET/KEY");
        assertThatThrownBy(() -> S3Name.parse("s3:///k")).hasMessageContaining("without a bucket");
        assertThat(S3Name.parse("s3://b/k").asFolder()).hasToString("s3://b/k/");
        assertThat(S3Name.parse("s3://b/")).hasToString("s3://b");
    }
}
