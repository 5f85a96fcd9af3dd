package io.peekgate.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium as a person uses it: each step waits, for up to 20 s, until the page is ready for it. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private final ChromeDriver driver;

    /** Starts it, with a window of this size in CSS pixels. */
    public Browser(int width, int height) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed("chromium"));
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-proxy-server",
                "--hide-scrollbars");
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(installed("chromedriver"))
                        .usingAnyFreePort()
                        .build(),
                options);
        resize(width, height);
    }

    private static File installed(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> new File(directory, command))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow();
    }

    /** Makes the page itself so large, whatever the least width of a window is. */
    public void resize(int width, int height) {
        driver.manage().window().setSize(new Dimension(Math.max(width, 500), height + 200));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Light or dark, as the person's system would say. */
    public void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    public void open(String url) {
        driver.get(url);
    }

    /** Clicks what is there and ready. */
    public void click(String css) {
        once(css, element -> {
            element.click();
            return true;
        });
    }

    /** Clicks the first link or button with this text. */
    public void press(String text) {
        String quoted = "normalize-space(.)='" + text + "'";
        String buttons = "//button[" + quoted + "] | //a[" + quoted + "] | //summary[" + quoted + "]";
        attempt(
                "button " + text,
                () -> driver.findElement(By.xpath(buttons)).isDisplayed()
                        && click(driver.findElement(By.xpath(buttons))));
    }

    private static boolean click(WebElement element) {
        element.click();
        return true;
    }

    /** Types into a field, in the place of what was in it. */
    public void type(String css, String text) {
        once(css, element -> {
            element.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, text);
            return true;
        });
    }

    /** Gives a file to a field for files. */
    public void upload(String css, Path file) {
        driver.findElement(By.cssSelector(css)).sendKeys(file.toString());
    }

    /** Presses keys where the focus is. */
    public void keys(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** Waits until something is shown. */
    public void awaitShown(String css) {
        once(css, WebElement::isDisplayed);
    }

    /** Waits until nothing like that is shown. */
    public void awaitGone(String css) {
        attempt(
                "no " + css,
                () -> driver.findElements(By.cssSelector(css)).stream().noneMatch(WebElement::isDisplayed));
    }

    /** Waits until something has this in its text. */
    public void awaitText(String css, String text) {
        attempt(css + " with " + text, () -> texts(css).stream().anyMatch(shown -> shown.contains(text)));
    }

    /** Waits until the texts of all these, each with one blank for any white space, are like that. */
    public void awaitTexts(String css, List<String> expected) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .untilAsserted(() -> assertThat(texts(css)).isEqualTo(expected));
    }

    /** The texts of all that are like this now. */
    public List<String> texts(String css) {
        return driver.findElements(By.cssSelector(css)).stream()
                .map(element -> element.getText().replaceAll("\\s+", " ").strip())
                .toList();
    }

    /** What a script's expression gives. */
    public Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    /** Adds a picture of what is shown to {@code target/screenshots}. */
    public void screenshot(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** What the console complained of since the last time, violations of the content security policy among them. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    private interface Step {
        boolean on(WebElement element);
    }

    private void once(String css, Step step) {
        attempt(css, () -> step.on(driver.findElement(By.cssSelector(css))));
    }

    /** The page may draw itself anew at any time, so that an element is gone between two steps. */
    private void attempt(String what, Callable<Boolean> step) {
        try {
            await(what)
                    .atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(WebDriverException.class)
                    .until(step);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(what + ", but the page shows:\n" + texts("body") + complaints(), late);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
