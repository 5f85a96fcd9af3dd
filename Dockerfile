FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
COPY pom.xml ./
COPY .mvn .mvn
COPY src src
RUN mvn -B -q -DskipTests package

FROM eclipse-temurin:17-jre
RUN useradd --system --create-home --home-dir /var/lib/peekgate peekgate
COPY --from=build /build/target/peekgate.jar /peekgate.jar
# The shipped configuration listens on loopback: share the network of what it serves, or mount another.
COPY conf/peekgate.conf /etc/peekgate/peekgate.conf
USER peekgate
WORKDIR /var/lib/peekgate
# On one core or below 2 GB Java would take the serial collector, whose pauses are the longest.
ENTRYPOINT ["java", "-XX:+UseG1GC", "-jar", "/peekgate.jar"]
CMD ["run", "-c", "/etc/peekgate/peekgate.conf"]
