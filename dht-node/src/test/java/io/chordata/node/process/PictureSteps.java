package io.chordata.node.process;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Pictures of one thing after another, put into one picture two by two, with what they show below each. */
final class PictureSteps {
    private static final String PAGE = """
            <!doctype html><meta charset="utf-8"><style>
            body { margin: 0; background: #fafaf8; color: #14171c; font: 500 15px/1.4 Inter, "DejaVu Sans", sans-serif; }
            main { display: grid; grid-template-columns: 470px 470px; gap: 14px 10px; width: 950px; padding: 10px 5px 16px; }
            figure { margin: 0; } img { display: block; width: 470px; height: 430px; object-fit: contain; }
            figcaption { display: flex; gap: 9px; justify-content: center; margin-top: 6px; } b { font-weight: 600; color: #5b6270; }
            </style><main>%s</main>
            """;

    private final List<String> figures = new ArrayList<>();

    /** @param caption plain words */
    void add(String caption, byte[] png) {
        figures.add("<figure><img src=\"data:image/png;base64,%s\"><figcaption><b>%d</b>%s</figcaption></figure>"
                .formatted(Base64.getEncoder().encodeToString(png), figures.size() + 1, caption));
    }

    void write(Browser browser, String name) {
        try (Page page = browser.newPage()) {
            page.setContent(PAGE.formatted(String.join("", figures)));
            page.locator("main").screenshot(new Locator.ScreenshotOptions().setPath(ConsolePage.forReaders(name)));
        }
    }
}
